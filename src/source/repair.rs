//! Mirror sites print a report in traditional characters or write its reading behind the words, 報(bào)告: both are
//! taken back before anything is matched, with the way to the source kept.
//!
//! A character of the table and the one it becomes both have three bytes, so that positions stay as they are. The
//! table holds the characters that the dictionaries use, where the traditional form differs and has one simplified
//! form; other characters are matched by nothing and stay.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr_iter, memchr3_iter, memmem};
use rustc_hash::FxHashMap;

use super::{Beyond, Format, OffsetMap};

/// No report in traditional characters is without this word, and no other report has it.
static TELLING: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("公開"));
/// So many readings must stand in a text before it is taken for a glossed one.
const FEWEST_GLOSSES: usize = 3;
/// The longest syllable is zhuang, its vowel perhaps of two bytes.
const LONGEST_SYLLABLE: usize = 8;

/// Traditional characters, each followed by the simplified one.
const PAIRS: &str = "\
    萬万與与業业兩两個个臨临為为爲为舉举鄉乡書书買买爭争雲云亞亚產产畝亩億亿僅仅從从們们眾众傳传傷伤餘余參参雙双內内\
    冊册決决況况準准減减幾几擊击則则別别劃划辦办務务動动勞劳勝胜區区協协單单佔占衛卫廳厅歷历縣县發发變变號号員员\
    諮咨圍围國国圖图場场報报塊块壇坛複复復复備备處处夠够頭头獎奖媽妈學学實实審审寬宽對对導导將将尋寻屆届層层屬属\
    歲岁師师帶带幫帮庫库應应廢废廣广開开張张強强彈弹當当錄录徵征徑径從从徹彻總总態态憲宪戶户執执擴扩掃扫揚扬護护\
    擇择據据擬拟擁拥攔拦損损換换撥拨攝摄數数時时暫暂曉晓會会術术機机權权條条來来極极構构檢检標标棟栋欄栏樓楼歐欧\
    殘残畢毕氣气漢汉沒没淺浅測测濟济渾浑湧涌漲涨滿满瀏浏點点熱热獨独獲获現现環环電电畫画當当療疗監监蓋盖盤盘\
    確确碼码礙碍禮礼種种稱称積积穩稳窮穷競竞筆笔節节範范簡简糧粮糾纠紀纪約约級级納纳純纯紙纸線线組组終终經经結结\
    給给絕绝統统繼继續续維维綜综編编緣缘縮缩績绩繳缴網网羅罗罰罚職职聯联聽听肅肃腦脑脫脱臺台興兴藝艺節节藥药處处\
    蘇苏裝装製制複复補补襲袭見见規规視视覽览覺觉觸触計计訂订認认討讨議议記记許许設设訪访證证評评識识訴诉診诊詞词\
    話话該该詳详語语說说請请諾诺讀读課课調调談谈負负責责敗败質质購购貫贯貼贴費费貸贷賭赌賽赛趕赶蹤踪車车軌轨軟软\
    轉转輪轮載载較较輛辆輯辑達达遷迁過过還还這这進进遠远違违連连遲迟適适選选遞递邁迈遺遗郵邮醫医釋释裡里鐘钟鏈链\
    銷销錯错鎮镇錢钱長长門门閉闭開开間间閱阅關关闡阐隊队陽阳陰阴際际陸陆險险隨随隱隐難难雜杂離离電电項项順顺須须\
    預预領领題题額额願愿類类顯显風风飛飞養养館馆駁驳驗验騙骗馬马體体髒脏麼么龍龙資资訊讯佈布週周併并羣群衝冲賬账\
    貳贰齊齐歸归滅灭災灾營营獄狱稅税訓训誠诚談谈諧谐謀谋績绩農农憑凭優优儘尽盡尽劑剂勵励勢势匯汇厲厉喚唤嚴严\
    團团執执夾夹奪夺婦妇嬰婴孫孙寧宁寫写專专岡冈峽峡島岛崗岗嶺岭幣币幹干廠厂廳厅彙汇徴征恆恒惡恶愛爱慮虑慶庆戰战\
    戲戏掛挂採采揮挥攜携敵敌斷断於于昇升晝昼暢畅樣样樹树橋桥檔档櫃柜歡欢殺杀殼壳渦涡溝沟滬沪漁渔潔洁潛潜澤泽濱滨\
    灣湾爾尔狀状獻献瑪玛疊叠癥症癮瘾盜盗眞真瞭了矯矫硏研礦矿禍祸稈秆窩窝竄窜籌筹籤签糰团紅红紡纺絡络絲丝緊紧縱纵\
    縣县聞闻聰聪聲声膚肤舊旧艦舰蔣蒋薦荐蘭兰虛虚虧亏蟲虫術术衆众裏里觀观訟讼詢询誌志誤误諸诸謝谢譯译讓让貢贡財财\
    貨货販贩賀贺贈赠贏赢趨趋軍军輔辅輕轻輝辉輸输轄辖辭辞農农鄭郑鄰邻釐厘鈔钞鐵铁鑒鉴閩闽闊阔隸隶靈灵靜静頂顶\
    頃顷頒颁頓顿頗颇頸颈頻频顆颗顧顾餓饿騰腾驅驱驟骤魚鱼鮮鲜鳥鸟鹽盐麗丽黃黄黨党齡龄樂乐娛娱無无籃篮織织問问頁页後后係系繫系築筑祕秘託托";

static SIMPLIFIED: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let characters: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
    let pairs = characters.chunks_exact(2).filter(|p| p[0].len_utf8() == p[1].len_utf8());
    pairs.map(|p| (p[0], p[1])).collect()
});

/// The text with simplified characters and without readings, and the way back; none if it has neither. Most texts
/// have no characters without width.
pub(super) fn repaired(text: &str, beyond: Beyond, format: Format) -> Option<(String, OffsetMap)> {
    let is_traditional = TELLING.find(text.as_bytes()).is_some();
    let mut glosses = glosses(text);
    let mut others = if beyond == Beyond::More { unseen(text) } else { Vec::new() };
    if matches!(format, Format::Text | Format::Markdown | Format::Mixed) {
        others.extend(escapes(text));
    }
    if !is_traditional && glosses.is_empty() && others.is_empty() {
        return None;
    }
    if !others.is_empty() {
        glosses.extend(others);
        glosses.sort_by_key(|range| range.start);
    }
    let (mut out, mut map) = (String::with_capacity(text.len()), OffsetMap::default());
    let mut from = 0;
    for gloss in glosses.into_iter().chain(std::iter::once(text.len()..text.len())) {
        map.copied(out.len(), from, gloss.start - from);
        let piece = &text[from..gloss.start];
        if is_traditional {
            out.extend(piece.chars().map(|c| SIMPLIFIED.get(&c).copied().unwrap_or(c)));
        } else {
            out.push_str(piece);
        }
        from = gloss.end;
    }
    Some((out, map))
}

/// Whether a character has no width and no meaning in a Chinese text: editors leave them behind, also inside numbers.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}'
    )
}

/// Readings in brackets behind characters: `(wen)` in 文(wen)章(zhang); none if there are but a few.
fn glosses(text: &str) -> Vec<Range<usize>> {
    let found: Vec<_> = memchr_iter(b'(', text.as_bytes()).filter_map(|at| gloss(text, at)).collect();
    if found.len() < FEWEST_GLOSSES { Vec::new() } else { found }
}

/// Characters without width, in one pass over the bytes that they begin with.
fn unseen(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let length = |at: usize| match bytes[at..] {
        // U+200B to U+200D, U+2060; marks of direction; the mark of byte order; the soft hyphen.
        [0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa0 | 0xa6..=0xa9, ..] => Some(3),
        [0xef, 0xbb, 0xbf, ..] => Some(3),
        [0xc2, 0xad, ..] => Some(2),
        _ => None,
    };
    memchr3_iter(0xc2, 0xe2, 0xef, bytes).filter_map(|at| length(at).map(|length| at..at + length)).collect()
}

/// The backslashes of Markdown before marks that are meant as such, as in `23\.75` and `1\.属于国家秘密`. One before a bar
/// stays: without it the bar would part cells.
fn escapes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_meant =
        |at: &usize| bytes.get(at + 1).is_some_and(|b| b.is_ascii_punctuation() && !matches!(b, b'|' | b'\\'));
    // Of two the first is the mark of the second, and a run of them is a line or a cell without a value.
    let stands_alone = |at: &usize| *at == 0 || bytes[at - 1] != b'\\';
    memchr_iter(b'\\', bytes).filter(is_meant).filter(stands_alone).map(|at| at..at + 1).collect()
}

fn gloss(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Behind a Chinese character, which ends in a continuation byte.
    if at < 3 || !(0xe4..=0xe9).contains(&bytes[at - 3]) {
        return None;
    }
    let rest = &bytes[at + 1..bytes.len().min(at + 2 + LONGEST_SYLLABLE)];
    let end = rest.iter().position(|b| *b == b')')?;
    let syllable = std::str::from_utf8(&rest[..end]).ok()?;
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') || is_toned(c);
    let is_syllable = !syllable.is_empty()
        && syllable.chars().any(is_vowel)
        && syllable.chars().all(|c| c.is_ascii_lowercase() || is_toned(c));
    is_syllable.then_some(at..at + 1 + end + 1)
}

/// A vowel with a tone mark.
fn is_toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü".contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    #[test]
    fn the_table_is_one_of_pairs() {
        let characters: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(characters.len() % 2, 0);
        let odd: Vec<&[char]> = characters
            .chunks_exact(2)
            .filter(|p| p.iter().any(|c| !('\u{4e00}'..='\u{9fff}').contains(c)) || p[0].len_utf8() != p[1].len_utf8())
            .collect();
        assert!(odd.is_empty(), "{odd:?}");
        // No simplified character is itself taken for a traditional one.
        let chained: Vec<&char> = SIMPLIFIED.values().filter(|c| SIMPLIFIED.get(c).is_some_and(|s| s != *c)).collect();
        assert!(chained.is_empty(), "{chained:?}");
    }

    #[test]
    fn spans_quote_the_source_as_it_stands() {
        let text = "政府信息公開(kāi)工作年度報(bào)告(gào)\n受理申請12件";
        for (format, text) in
            [(Format::Text, text.to_string()), (Format::Html, format!("<p>{}</p>", text.replace('\n', "</p><p>")))]
        {
            let source = Source::new(text, format);
            let page = source.page();
            assert!(page.text.contains("政府信息公开工作年度报告"), "{}", page.text);
            let at = page.text.find("申请12件").expect("the words");
            assert_eq!(source.quote(page.span(&source, at..at + "申请12件".len())), "申請12件");
            let at = page.text.find("公开").expect("the words");
            assert_eq!(source.quote(page.span(&source, at..at + "公开".len())), "公開");
        }
    }

    #[test]
    fn ordinary_texts_stay() {
        assert!(
            repaired("全县公开信息(其中网站公开12条)，邮箱(a@b.cn)，第二十条第(一)项", Beyond::Nothing, Format::Text)
                .is_none()
        );
    }
}
