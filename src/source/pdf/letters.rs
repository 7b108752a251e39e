//! Characters that fonts inside PDF files name otherwise than the text does.
//!
//! A font cut down to the characters in use often calls 行 by its radical, U+2F8F, which looks the same and is found by
//! no search. A character that a font does not name at all comes out in the private-use area, or as a sign of loss.

/// What the radicals from U+2F00 on look like.
const RADICALS: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳\
    心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音\
    頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Further forms of radicals, each followed by the character that it looks like.
const FORMS: &str = "\
    ⺁厂⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺋卩⺌小⺍小⺎尢⺏尣⺒巳⺓幺⺗心⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺥爫⺦丬⺨犭⺩王⺫目\
    ⺬示⺭礻⺯糸⺰纟⺶羊⺷羊⺸羊⺼月⺽臼⺾艹⺿艹⻁虎⻂衤⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻐钅⻑長⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页\
    ⻛风⻜飞⻝食⻞食⻟飠⻠饣⻢马⻣骨⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫齐⻭齿⻯龙⻰龙⻲龟⻳龟";

/// Punctuation as it is set in vertical lines, each followed by the usual form.
const VERTICAL: &str =
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︱—︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』";

/// The character that is meant.
pub(super) fn plain(c: char) -> char {
    match u32::from(c) {
        n @ 0x2f00..=0x2fd5 => RADICALS.chars().nth((n - 0x2f00) as usize).unwrap_or(c),
        0x2e80..=0x2eff => partner(c, FORMS),
        0xfe10..=0xfe19 | 0xfe31..=0xfe44 => partner(c, VERTICAL),
        0xa0 | 0x2002..=0x200a | 0x202f => ' ',
        _ if is_lost(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// The character that follows it in a list of pairs; itself if it is in none.
fn partner(c: char, pairs: &str) -> char {
    let mut pairs = pairs.chars();
    while let (Some(form), Some(meant)) = (pairs.next(), pairs.next()) {
        if form == c {
            return meant;
        }
    }
    c
}

/// A character without a name: nothing tells which one is printed.
fn is_lost(c: char) -> bool {
    matches!(u32::from(c), 0xe000..=0xf8ff | 0xf0000.. | 0xfffd | 0..=8 | 0x0e..=0x1f | 0x7f..=0x9f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_characters() {
        assert_eq!("\u{2f8f}政\u{2ed3}\u{2ec5}".chars().map(plain).collect::<String>(), "行政长见");
        assert_eq!(plain('\u{2fd5}'), '龠');
        assert_eq!(plain('\u{e123}'), '\u{fffd}');
    }
}
