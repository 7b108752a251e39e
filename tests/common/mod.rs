//! What several test files share: the engine, the workspace's real reports, reports built from cells.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files, each of which uses a part")]

pub mod layout;
pub mod runs;
pub mod web;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use gouji::audit::{Engine, View};
use gouji::dictionary::Dictionary;
use gouji::form::{CellId, Column, Formula, Generation, Row, TableId};
use gouji::lang::Lang;
use gouji::source::Source;

/// An engine with the built-in dictionaries; the segmenter is loaded once for all tests of a process.
pub fn engine() -> &'static Engine<'static> {
    static ENGINE: std::sync::OnceLock<Engine<'static>> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Dictionary::built_in(), Lang::Zh))
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether the machine has the program that RTF is read with.
pub fn has_libreoffice() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join("soffice").is_file())
}

/// The folder of real reports beside the repository, if there is one.
pub fn real_reports() -> Option<PathBuf> {
    let folder = root().join("../shared/reports");
    folder.is_dir().then_some(folder)
}

/// Audits a file.
pub fn audit_file<R>(path: &Path, look: impl FnOnce(&View<'_>) -> R) -> R {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let source =
        Source::from_bytes(bytes, &path.to_string_lossy()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    engine().audit(&source, look)
}

/// Audits a text.
pub fn audit_text<R>(text: &str, look: impl FnOnce(&View<'_>) -> R) -> R {
    let source = Source::from_bytes(text.as_bytes().to_vec(), "test.txt").unwrap_or_else(|e| panic!("{e}"));
    engine().audit(&source, look)
}

/// A formula in a form in which equal ones are equal; empty for none.
pub fn canonical(formula: &str) -> String {
    let text = formula.trim();
    if text.is_empty() {
        return String::new();
    }
    // A formula beyond our notation (a sign, another year) compares as text.
    text.parse::<Formula>().map_or_else(|_| text.to_string(), |f| f.canonical())
}

/// What a claim came out as.
#[derive(Debug, Clone)]
pub struct Seen {
    pub clause: String,
    pub text: String,
    pub subject: String,
    pub verdict: &'static str,
    /// Bytes of the prose.
    pub range: std::ops::Range<usize>,
    pub code: Option<String>,
}

/// Every claim of a view.
pub fn seen(view: &View<'_>) -> Vec<Seen> {
    let prose = &view.document.prose.text;
    view.claims
        .list
        .iter()
        .zip(view.assessments)
        .map(|(c, a)| Seen {
            clause: prose[c.clause.clone()].trim().to_string(),
            text: c.quantity.map(|q| prose[view.lexed.quantities[q].range.clone()].to_string()).unwrap_or_default(),
            subject: a.subject.as_ref().map(Formula::canonical).unwrap_or_default(),
            verdict: a.verdict.name(),
            range: c.range.clone(),
            code: a.code.map(str::to_string),
        })
        .collect()
}

/// Without white space.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Half-width punctuation, no white space; with the byte of the text behind every byte.
fn folded(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut origin) = (String::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let c = match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '；' => ';',
            '：' => ':',
            other => other,
        };
        out.push(c);
        origin.resize(out.len(), at);
    }
    origin.push(text.len());
    (out, origin)
}

/// Where a quote (… for a gap) stands in a text: byte range.
pub fn locate(text: &str, quote: &str) -> Option<std::ops::Range<usize>> {
    let (haystack, origin) = folded(text);
    let parts: Vec<String> = quote.split('…').map(|p| folded(p).0).filter(|p| !p.is_empty()).collect();
    let mut from = 0;
    while let Some(at) = haystack[from..].find(&parts[0]).map(|n| from + n) {
        let mut end = at + parts[0].len();
        let mut all = true;
        for part in &parts[1..] {
            match haystack[end..].find(part.as_str()).filter(|n| *n < 240) {
                Some(n) => end += n + part.len(),
                None => all = false,
            }
        }
        if all {
            return Some(origin[at]..origin[end]);
        }
        from = at + parts[0].len();
    }
    None
}

/// A report of the form with these cells and this prose in section one.
pub struct Made {
    pub organ: String,
    pub year: i64,
    pub generation: Generation,
    /// Cell name → value as printed; `blank` prints nothing.
    pub cells: BTreeMap<String, String>,
    pub prose: String,
}

impl Made {
    fn value(&self, row: Row, column: Column) -> String {
        let cell = CellId::new(row, column);
        let full = cell.full_name();
        let named = |name: &str| self.cells.get(name).cloned();
        let is_requests = row.table() == TableId::Requests;
        let whole = format!("{}.{}", row.table(), row);
        let value = named(&full).or_else(|| {
            let both = is_requests && matches!(column, Column::NaturalPerson | Column::Total);
            let has_natural = self.cells.contains_key(&CellId::new(row, Column::NaturalPerson).full_name());
            let by_row = named(&whole).filter(|_| both && !(column == Column::NaturalPerson && has_natural));
            let dispute_total = named(&whole).filter(|_| row.table() == TableId::Disputes && column == Column::Total);
            by_row.or(dispute_total)
        });
        match value.as_deref() {
            None => "0".to_string(),
            Some("blank") => String::new(),
            Some(v) => v.to_string(),
        }
    }

    fn row(&self, out: &mut String, label: &str, row: Row, columns: &[Column]) {
        let values: Vec<String> = columns.iter().map(|c| self.value(row, *c)).collect();
        let _ = writeln!(out, "{label} | {} |", values.join(" | "));
    }

    /// A report in an older form: sections of its own, and one indicator table with the rows of the form of 2014.
    fn older_text(&self, out: &mut String) {
        let has_all_years = self.cells.keys().any(|name| name.ends_with(".cumulative"));
        let _ = writeln!(
            out,
            "本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。\n一、概述\n{}\n二、主要问题和改进措施\n力量有待充实。\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |{}",
            self.prose,
            if has_all_years { " 历年累计 |" } else { "" },
            y = self.year
        );
        let only: Option<Vec<&str>> = self.cells.get("only").map(|rows| rows.split_whitespace().collect());
        for (row, label, unit) in INDICATORS {
            let cell = CellId::total(row).to_string();
            if only.as_ref().is_some_and(|rows| !rows.contains(&row.name())) {
                continue;
            }
            let value = |name: &str| match self.cells.get(name).map(String::as_str) {
                None => "0".to_string(),
                Some("blank") => String::new(),
                Some(v) => v.to_string(),
            };
            let own = value(&cell);
            let _ = if has_all_years {
                let all = self.cells.get(&format!("{cell}.cumulative")).cloned().unwrap_or_else(|| own.clone());
                writeln!(out, "{label} | {unit} | {own} | {all} |")
            } else {
                writeln!(out, "{label} | {unit} | {own} |")
            };
        }
    }

    /// The whole report as plain text.
    pub fn text(&self) -> String {
        use Column as C;
        let mut out = format!("{}{}年政府信息公开工作年度报告\n", self.organ, self.year);
        if self.generation.is_older() {
            self.older_text(&mut out);
            return out;
        }
        let _ = writeln!(
            out,
            "本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。\n一、总体情况\n{}",
            self.prose,
            y = self.year
        );
        out.push_str("二、主动公开政府信息情况\n第二十条第（一）项 |\n");
        match self.generation {
            Generation::Form2008 | Generation::Form2014 => {}
            Generation::Form2021 => {
                out.push_str("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n");
                for (label, row) in [("规章", Row::Regulations), ("行政规范性文件", Row::NormativeDocuments)] {
                    self.row(&mut out, label, row, &[C::Issued, C::Repealed, C::InForce]);
                }
                out.push_str("第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n");
                for (label, row) in
                    [("行政许可", Row::Licences), ("行政处罚", Row::Penalties), ("行政强制", Row::CoerciveMeasures)]
                {
                    self.row(&mut out, label, row, &[C::Decisions]);
                }
                out.push_str("第二十条第（八）项 |\n信息内容 | 本年收费金额（单位：万元） |\n");
                self.row(&mut out, "行政事业性收费", Row::Fees, &[C::Amount]);
            }
            Generation::Form2019 => {
                out.push_str("信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n");
                for (label, row) in [("规章", Row::Regulations), ("规范性文件", Row::NormativeDocuments)] {
                    self.row(&mut out, label, row, &[C::Made, C::Disclosed, C::DisclosedTotal]);
                }
                out.push_str("第二十条第（五）项 |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n");
                for (label, row) in [
                    ("行政许可", Row::Licences),
                    ("其他对外管理服务事项", Row::OtherServices),
                    ("行政处罚", Row::Penalties),
                    ("行政强制", Row::CoerciveMeasures),
                ] {
                    self.row(&mut out, label, row, &[C::ItemsLastYear, C::ItemsChange, C::Decisions]);
                }
                out.push_str("第二十条第（八）项 |\n信息内容 | 上一年项目数量 | 本年增/减 |\n");
                self.row(&mut out, "行政事业性收费", Row::Fees, &[C::ItemsLastYear, C::ItemsChange]);
                out.push_str("第二十条第（九）项 |\n信息内容 | 采购项目数量 | 采购总金额 |\n");
                self.row(&mut out, "政府集中采购", Row::Procurement, &[C::Items, C::Amount]);
            }
        }
        out.push_str("三、收到和处理政府信息公开申请情况\n（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n");
        for row in Row::of_requests(self.generation).iter().copied() {
            self.row(&mut out, official_label(row), row, &C::REQUESTS);
        }
        out.push_str("四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n");
        let disputes = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
        let values: Vec<String> =
            disputes.iter().flat_map(|r| C::DISPUTES.iter().map(|c| self.value(*r, *c))).collect();
        let _ = writeln!(out, "{} |", values.join(" | "));
        out.push_str("五、存在的主要问题及改进情况\n队伍力量有待充实，将加强培训。\n六、其他需要报告的事项\n无其他需要报告的事项。\n");
        out
    }
}

fn official_label(row: Row) -> &'static str {
    match row {
        Row::Received => "一、本年新收政府信息公开申请数量",
        Row::CarriedIn => "二、上年结转政府信息公开申请数量",
        Row::Granted => "三、本年度办理结果 | （一）予以公开",
        Row::PartlyGranted => "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        Row::StateSecret => "（三）不予公开 | 1.属于国家秘密",
        Row::OtherLaw => "2.其他法律行政法规禁止公开",
        Row::SecurityStability => "3.危及“三安全一稳定”",
        Row::ThirdParty => "4.保护第三方合法权益",
        Row::InternalAffairs => "5.属于三类内部事务信息",
        Row::ProcessInformation => "6.属于四类过程性信息",
        Row::EnforcementFile => "7.属于行政执法案卷",
        Row::AdministrativeQuery => "8.属于行政查询事项",
        Row::NotHeld => "（四）无法提供 | 1.本机关不掌握相关政府信息",
        Row::NeedsCreation => "2.没有现成信息需要另行制作",
        Row::Unclear => "3.补正后申请内容仍不明确",
        Row::Petition => "（五）不予处理 | 1.信访举报投诉类申请",
        Row::Repeated => "2.重复申请",
        Row::Publication => "3.要求提供公开出版物",
        Row::Excessive => "4.无正当理由大量反复申请",
        Row::Reconfirmation => "5.要求行政机关确认或重新出具已获取信息",
        Row::Other => "（六）其他处理",
        Row::NotCorrected => "（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        Row::FeeUnpaid => "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        Row::OtherOther => "3.其他",
        Row::Handled => "（七）总计",
        Row::CarriedOut => "四、结转下年度继续办理",
        _ => "",
    }
}

/// The rows of the form of 2014 that carry numbers: label and unit.
const INDICATORS: [(Row, &str, &str); 58] = [
    (Row::Disclosed, "(一)主动公开政府信息数", "条"),
    (Row::DisclosedDocuments, "其中：主动公开规范性文件数", "条"),
    (Row::DocumentsIssued, "制发规范性文件总数", "件"),
    (Row::ByGazette, "1.政府公报公开政府信息数", "条"),
    (Row::ByWebsite, "2.政府网站公开政府信息数", "条"),
    (Row::ByWeibo, "3.政务微博公开政府信息数", "条"),
    (Row::ByWechat, "4.政务微信公开政府信息数", "条"),
    (Row::ByOtherMeans, "5.其他方式公开政府信息数", "条"),
    (Row::Responses, "(一)回应公众关注热点或重大舆情数", "次"),
    (Row::PressConferences, "1.参加或举办新闻发布会总次数", "次"),
    (Row::PressConferencesChief, "其中：主要负责同志参加新闻发布会次数", "次"),
    (Row::Interviews, "2.政府网站在线访谈次数", "次"),
    (Row::InterviewsChief, "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    (Row::Explanations, "3.政策解读稿件发布数", "篇"),
    (Row::SocialMedia, "4.微博微信回应事件数", "次"),
    (Row::ResponsesOther, "5.其他方式回应事件数", "次"),
    (Row::Applications, "(一)收到申请数", "件"),
    (Row::InPerson, "1.当面申请数", "件"),
    (Row::ByFax, "2.传真申请数", "件"),
    (Row::Online, "3.网络申请数", "件"),
    (Row::ByLetter, "4.信函申请数", "件"),
    (Row::Closed, "(二)申请办结数", "件"),
    (Row::ClosedOnTime, "1.按时办结数", "件"),
    (Row::ClosedExtended, "2.延期办结数", "件"),
    (Row::Answered, "(三)申请答复数", "件"),
    (Row::AlreadyPublic, "1.属于已主动公开范围数", "件"),
    (Row::AnsweredGranted, "2.同意公开答复数", "件"),
    (Row::AnsweredPartly, "3.同意部分公开答复数", "件"),
    (Row::AnsweredRefused, "4.不同意公开答复数", "件"),
    (Row::SecretOfState, "其中：涉及国家秘密", "件"),
    (Row::SecretOfTrade, "涉及商业秘密", "件"),
    (Row::Privacy, "涉及个人隐私", "件"),
    (Row::Security, "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    (Row::NotInformation, "不是《条例》所指政府信息", "件"),
    (Row::RefusedByLaw, "法律法规规定的其他情形", "件"),
    (Row::NotOurs, "5.不属于本行政机关公开数", "件"),
    (Row::Absent, "6.申请信息不存在数", "件"),
    (Row::Amended, "7.告知作出更改补充数", "件"),
    (Row::Elsewhere, "8.告知通过其他途径办理数", "件"),
    (Row::Reviews, "四、行政复议数量", "件"),
    (Row::ReviewsUpheld, "(一)维持具体行政行为数", "件"),
    (Row::ReviewsCorrected, "(二)被依法纠错数", "件"),
    (Row::ReviewsOther, "(三)其他情形数", "件"),
    (Row::Suits, "五、行政诉讼数量", "件"),
    (Row::SuitsUpheld, "(一)维持具体行政行为或者驳回原告诉讼请求数", "件"),
    (Row::SuitsCorrected, "(二)被依法纠错数", "件"),
    (Row::SuitsOther, "(三)其他情形数", "件"),
    (Row::Complaints, "六、举报投诉数量", "件"),
    (Row::Charges, "七、依申请公开信息收取的费用", "万元"),
    (Row::Offices, "(一)政府信息公开工作专门机构数", "个"),
    (Row::ReadingPoints, "(二)设置政府信息公开查阅点数", "个"),
    (Row::Staff, "(三)从事政府信息公开工作人员数", "人"),
    (Row::StaffFullTime, "1.专职人员数", "人"),
    (Row::StaffPartTime, "2.兼职人员数", "人"),
    (Row::Budget, "(四)政府信息公开专项经费", "万元"),
    (Row::Meetings, "(一)召开政府信息公开工作会议或专题会议数", "次"),
    (Row::Trainings, "(二)举办各类培训班数", "次"),
    (Row::Trained, "(三)接受培训人员数", "人次"),
];
