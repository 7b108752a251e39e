//! Tables, rows and columns of the forms: the three tables since 2019, and the indicator table before.

use std::fmt;
use std::str::FromStr;

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),* }
        impl $name {
            /// Every value, in the order of the form.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The name in files and formulas.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }
        impl FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($text => Ok($name::$variant),)* _ => Err(()) }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.name()) }
        }
    };
}

named! {
    /// One of the statutory tables: three since 2019, one before.
    TableId {
        /// Section 二, 主动公开政府信息情况.
        Proactive = "proactive",
        /// Section 三, 收到和处理政府信息公开申请情况.
        Requests = "requests",
        /// Section 四, 政府信息公开行政复议、行政诉讼情况.
        Disputes = "disputes",
        /// 政府信息公开情况统计表 of the forms before 2019.
        Statistics = "statistics",
    }
}

impl TableId {
    /// The section of the form (2 to 4) that holds this table; 0 for the table of the older forms, which has none.
    #[must_use]
    pub const fn section(self) -> u8 {
        match self {
            TableId::Proactive => 2,
            TableId::Requests => 3,
            TableId::Disputes => 4,
            TableId::Statistics => 0,
        }
    }
}

named! {
    /// The format of a report, named by the first year it was used for.
    Generation {
        /// Local indicator tables under the 条例 of 2007, reports on 2008 to 2013 and some later ones.
        Form2008 = "2008",
        /// 国办发〔2014〕32号, 政府信息公开情况统计表, reports on 2014 to 2018.
        Form2014 = "2014",
        /// 国办公开办函〔2019〕60号, reports on 2019 and 2020.
        Form2019 = "2019",
        /// 国办公开办函〔2021〕30号, reports on 2021 and later.
        Form2021 = "2021",
    }
}

named! {
    /// A row of one of the tables; groups (不予公开 …) stand for the sum of their rows.
    Row {
        /// 规章
        Regulations = "regulations",
        /// 行政规范性文件
        NormativeDocuments = "normative_documents",
        /// 行政许可
        Licences = "licences",
        /// 其他对外管理服务事项
        OtherServices = "other_services",
        /// 行政处罚
        Penalties = "penalties",
        /// 行政强制
        CoerciveMeasures = "coercive_measures",
        /// 行政事业性收费
        Fees = "fees",
        /// 政府集中采购
        Procurement = "procurement",
        /// 一、本年新收
        Received = "received",
        /// 二、上年结转
        CarriedIn = "carried_in",
        /// (一)予以公开
        Granted = "granted",
        /// (二)部分公开
        PartlyGranted = "partly_granted",
        /// (三)不予公开, a group
        Refused = "refused",
        /// 1.属于国家秘密
        StateSecret = "refused.state_secret",
        /// 2.其他法律行政法规禁止公开
        OtherLaw = "refused.other_law",
        /// 3.危及“三安全一稳定”
        SecurityStability = "refused.security_stability",
        /// 4.保护第三方合法权益
        ThirdParty = "refused.third_party",
        /// 5.属于三类内部事务信息
        InternalAffairs = "refused.internal_affairs",
        /// 6.属于四类过程性信息
        ProcessInformation = "refused.process_information",
        /// 7.属于行政执法案卷
        EnforcementFile = "refused.enforcement_file",
        /// 8.属于行政查询事项
        AdministrativeQuery = "refused.administrative_query",
        /// (四)无法提供, a group
        Unavailable = "unavailable",
        /// 1.本机关不掌握相关政府信息
        NotHeld = "unavailable.not_held",
        /// 2.没有现成信息需要另行制作
        NeedsCreation = "unavailable.needs_creation",
        /// 3.补正后申请内容仍不明确
        Unclear = "unavailable.unclear",
        /// (五)不予处理, a group
        Rejected = "rejected",
        /// 1.信访举报投诉类申请
        Petition = "rejected.petition",
        /// 2.重复申请
        Repeated = "rejected.repeated",
        /// 3.要求提供公开出版物
        Publication = "rejected.publication",
        /// 4.无正当理由大量反复申请
        Excessive = "rejected.excessive",
        /// 5.要求行政机关确认或重新出具已获取信息
        Reconfirmation = "rejected.reconfirmation",
        /// (六)其他处理: a group in the 2021 form, a row in the 2019 form
        Other = "other",
        /// 1.逾期不补正
        NotCorrected = "other.not_corrected",
        /// 2.未按收费通知要求缴纳费用
        FeeUnpaid = "other.fee_unpaid",
        /// 3.其他
        OtherOther = "other.other",
        /// (七)总计
        Handled = "handled",
        /// 四、结转下年度继续办理
        CarriedOut = "carried_out",
        /// 行政复议
        Review = "review",
        /// 未经复议直接起诉
        LitigationDirect = "litigation_direct",
        /// 复议后起诉
        LitigationAfterReview = "litigation_after_review",
        /// (一)主动公开政府信息数
        Disclosed = "disclosed",
        /// 其中：主动公开规范性文件数
        DisclosedDocuments = "disclosed.normative_documents",
        /// 制发规范性文件总数
        DocumentsIssued = "documents_issued",
        /// 1.政府公报公开政府信息数
        ByGazette = "disclosed.gazette",
        /// 2.政府网站公开政府信息数
        ByWebsite = "disclosed.website",
        /// 3.政务微博公开政府信息数
        ByWeibo = "disclosed.weibo",
        /// 4.政务微信公开政府信息数
        ByWechat = "disclosed.wechat",
        /// 5.其他方式公开政府信息数
        ByOtherMeans = "disclosed.other_means",
        /// (一)回应公众关注热点或重大舆情数
        Responses = "responses",
        /// 1.参加或举办新闻发布会总次数
        PressConferences = "responses.press_conferences",
        /// 其中：主要负责同志参加新闻发布会次数
        PressConferencesChief = "responses.press_conferences_chief",
        /// 2.政府网站在线访谈次数
        Interviews = "responses.interviews",
        /// 其中：主要负责同志参加政府网站在线访谈次数
        InterviewsChief = "responses.interviews_chief",
        /// 3.政策解读稿件发布数
        Explanations = "responses.explanations",
        /// 4.微博微信回应事件数
        SocialMedia = "responses.social_media",
        /// 5.其他方式回应事件数
        ResponsesOther = "responses.other_means",
        /// (一)收到申请数
        Applications = "applications",
        /// 1.当面申请数
        InPerson = "applications.in_person",
        /// 2.传真申请数
        ByFax = "applications.fax",
        /// 3.网络申请数
        Online = "applications.online",
        /// 4.信函申请数
        ByLetter = "applications.letter",
        /// 电子邮件申请数, local tables
        ByEmail = "applications.email",
        /// 信函、传真申请数, local tables
        ByLetterOrFax = "applications.letter_or_fax",
        /// 其他形式申请数, local tables
        ApplicationsOther = "applications.other_means",
        /// (二)申请办结数
        Closed = "closed",
        /// 1.按时办结数
        ClosedOnTime = "closed.on_time",
        /// 2.延期办结数
        ClosedExtended = "closed.extended",
        /// (三)申请答复数
        Answered = "answered",
        /// 1.属于已主动公开范围数
        AlreadyPublic = "answered.already_public",
        /// 2.同意公开答复数
        AnsweredGranted = "answered.granted",
        /// 3.同意部分公开答复数
        AnsweredPartly = "answered.partly_granted",
        /// 4.不同意公开答复数
        AnsweredRefused = "answered.refused",
        /// 其中：涉及国家秘密
        SecretOfState = "answered.refused.state_secret",
        /// 涉及商业秘密
        SecretOfTrade = "answered.refused.commercial_secret",
        /// 涉及个人隐私
        Privacy = "answered.refused.privacy",
        /// 危及国家安全、公共安全、经济安全和社会稳定
        Security = "answered.refused.security",
        /// 不是《条例》所指政府信息
        NotInformation = "answered.refused.not_information",
        /// 法律法规规定的其他情形
        RefusedByLaw = "answered.refused.other_law",
        /// 5.不属于本行政机关公开数
        NotOurs = "answered.not_this_organ",
        /// 6.申请信息不存在数
        Absent = "answered.absent",
        /// 7.告知作出更改补充数
        Amended = "answered.amended",
        /// 8.告知通过其他途径办理数
        Elsewhere = "answered.elsewhere",
        /// 申请内容不明确数, local tables
        AnsweredUnclear = "answered.unclear",
        /// 重复申请数, local tables
        AnsweredRepeated = "answered.repeated",
        /// 其他类型答复数, local tables
        AnsweredOther = "answered.other",
        /// 四、行政复议数量
        Reviews = "reviews",
        /// (一)维持具体行政行为数
        ReviewsUpheld = "reviews.upheld",
        /// (二)被依法纠错数
        ReviewsCorrected = "reviews.corrected",
        /// (三)其他情形数
        ReviewsOther = "reviews.other",
        /// 五、行政诉讼数量
        Suits = "suits",
        /// (一)维持具体行政行为或者驳回原告诉讼请求数
        SuitsUpheld = "suits.upheld",
        /// (二)被依法纠错数
        SuitsCorrected = "suits.corrected",
        /// (三)其他情形数
        SuitsOther = "suits.other",
        /// 行政申诉数, local tables
        Appeals = "appeals",
        /// 六、举报投诉数量
        Complaints = "complaints",
        /// 接受行政诉讼、举报数, local tables
        SuitsAndComplaints = "suits_and_complaints",
        /// 七、依申请公开信息收取的费用, in 万元 unless another unit is printed
        Charges = "charges",
        /// 收费减免金额 in 万元, local tables
        ChargesReduced = "charges_reduced",
        /// (一)政府信息公开工作专门机构数
        Offices = "offices",
        /// (二)设置政府信息公开查阅点数
        ReadingPoints = "reading_points",
        /// (三)从事政府信息公开工作人员数
        Staff = "staff",
        /// 1.专职人员数
        StaffFullTime = "staff.full_time",
        /// 2.兼职人员数
        StaffPartTime = "staff.part_time",
        /// (四)政府信息公开专项经费, in 万元
        Budget = "budget",
        /// (一)召开政府信息公开工作会议或专题会议数
        Meetings = "meetings",
        /// (二)举办各类培训班数
        Trainings = "trainings",
        /// (三)接受培训人员数
        Trained = "trained",
    }
}

impl Generation {
    /// Whether this is one of the forms before 2019, which have one indicator table.
    #[must_use]
    pub const fn is_older(self) -> bool {
        matches!(self, Generation::Form2008 | Generation::Form2014)
    }
}

impl Row {
    /// Number of rows, groups included.
    pub const COUNT: usize = Row::ALL.len();

    /// The table the row belongs to.
    #[must_use]
    pub fn table(self) -> TableId {
        if self <= Row::Procurement {
            TableId::Proactive
        } else if self <= Row::CarriedOut {
            TableId::Requests
        } else if self <= Row::LitigationAfterReview {
            TableId::Disputes
        } else {
            TableId::Statistics
        }
    }

    /// The rows a group stands for; empty for a row of its own.
    #[must_use]
    pub const fn members(self) -> &'static [Row] {
        use Row::*;
        match self {
            Refused => &[
                StateSecret,
                OtherLaw,
                SecurityStability,
                ThirdParty,
                InternalAffairs,
                ProcessInformation,
                EnforcementFile,
                AdministrativeQuery,
            ],
            Unavailable => &[NotHeld, NeedsCreation, Unclear],
            Rejected => &[Petition, Repeated, Publication, Excessive, Reconfirmation],
            Other => &[NotCorrected, FeeUnpaid, OtherOther],
            _ => &[],
        }
    }

    /// The group a row belongs to.
    #[must_use]
    pub fn group(self) -> Option<Row> {
        [Row::Refused, Row::Unavailable, Row::Rejected, Row::Other].into_iter().find(|g| g.members().contains(&self))
    }

    /// The rows of table three that carry numbers, in printed order.
    #[must_use]
    pub const fn of_requests(generation: Generation) -> &'static [Row] {
        match generation {
            Generation::Form2008 | Generation::Form2014 => &[],
            Generation::Form2019 => &REQUESTS_2019,
            Generation::Form2021 => &REQUESTS_2021,
        }
    }

    /// The rows of table three that add up to its 总计 row.
    #[must_use]
    pub fn outcomes(generation: Generation) -> &'static [Row] {
        let rows = Row::of_requests(generation);
        // 本年新收 and 上年结转 come before them, 总计 and 结转下年度 after.
        rows.get(2..rows.len().saturating_sub(2)).unwrap_or_default()
    }
}

/// The rows of table three up to 其他处理, which the forms have in common.
macro_rules! requests_rows {
    ($($last:ident),*) => {
        [
            Row::Received,
            Row::CarriedIn,
            Row::Granted,
            Row::PartlyGranted,
            Row::StateSecret,
            Row::OtherLaw,
            Row::SecurityStability,
            Row::ThirdParty,
            Row::InternalAffairs,
            Row::ProcessInformation,
            Row::EnforcementFile,
            Row::AdministrativeQuery,
            Row::NotHeld,
            Row::NeedsCreation,
            Row::Unclear,
            Row::Petition,
            Row::Repeated,
            Row::Publication,
            Row::Excessive,
            Row::Reconfirmation,
            $(Row::$last,)*
            Row::Handled,
            Row::CarriedOut,
        ]
    };
}

static REQUESTS_2019: [Row; 23] = requests_rows!(Other);
static REQUESTS_2021: [Row; 25] = requests_rows!(NotCorrected, FeeUnpaid, OtherOther);

named! {
    /// A column of one of the tables.
    Column {
        /// 本年制发件数 (2021)
        Issued = "issued",
        /// 本年废止件数 (2021)
        Repealed = "repealed",
        /// 现行有效件数 (2021)
        InForce = "in_force",
        /// 本年新制作数量 (2019)
        Made = "made",
        /// 本年新公开数量 (2019)
        Disclosed = "disclosed",
        /// 对外公开总数量 (2019)
        DisclosedTotal = "disclosed_total",
        /// 上一年项目数量 (2019)
        ItemsLastYear = "items_last_year",
        /// 本年增/减 (2019), signed
        ItemsChange = "items_change",
        /// 处理决定数量
        Decisions = "decisions",
        /// 采购项目数量 (2019)
        Items = "items",
        /// 收费金额 in 万元; 采购总金额 as printed
        Amount = "amount",
        /// 自然人
        NaturalPerson = "natural_person",
        /// 商业企业
        Business = "business",
        /// 科研机构
        Research = "research",
        /// 社会公益组织
        PublicInterest = "public_interest",
        /// 法律服务机构
        LegalService = "legal_service",
        /// 其他
        OtherOrganisation = "other_organisation",
        /// 结果维持
        Upheld = "upheld",
        /// 结果纠正
        Corrected = "corrected",
        /// 其他结果
        OtherResult = "other",
        /// 尚未审结
        Pending = "pending",
        /// 总计
        Total = "total",
        /// The year's number in the indicator table of the forms before 2019
        Value = "value",
        /// 历年累计, since 2008, in the same table
        Cumulative = "cumulative",
    }
}

impl Column {
    /// Number of columns.
    pub const COUNT: usize = Column::ALL.len();
    /// The seven columns of table three.
    pub const REQUESTS: [Column; 7] = [
        Column::NaturalPerson,
        Column::Business,
        Column::Research,
        Column::PublicInterest,
        Column::LegalService,
        Column::OtherOrganisation,
        Column::Total,
    ];
    /// The five columns of one block of table four.
    pub const DISPUTES: [Column; 5] =
        [Column::Upheld, Column::Corrected, Column::OtherResult, Column::Pending, Column::Total];
    /// The columns of organisations, as opposed to natural persons.
    pub const ORGANISATIONS: [Column; 5] =
        [Column::Business, Column::Research, Column::PublicInterest, Column::LegalService, Column::OtherOrganisation];
}

/// One cell of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId {
    /// Its row.
    pub row: Row,
    /// Its column.
    pub column: Column,
}

impl CellId {
    /// The cell of `row` and `column`.
    #[must_use]
    pub const fn new(row: Row, column: Column) -> Self {
        CellId { row, column }
    }

    /// The cell that a row's name alone means: its 总计, in the indicator table the year's number.
    #[must_use]
    pub const fn total(row: Row) -> Self {
        let is_indicator = row as usize > Row::LitigationAfterReview as usize;
        CellId { row, column: if is_indicator { Column::Value } else { Column::Total } }
    }

    /// Whether the column is understood where the row is named alone.
    pub(super) fn is_understood(self) -> bool {
        match self.row.table() {
            TableId::Requests => self.column == Column::Total,
            TableId::Statistics => self.column == Column::Value,
            TableId::Proactive | TableId::Disputes => false,
        }
    }

    /// The name with its column, always: `requests.granted.total`.
    #[must_use]
    pub fn full_name(self) -> String {
        self.full_name_parts().concat()
    }

    /// What the full name is put together from.
    #[must_use]
    pub fn full_name_parts(self) -> [&'static str; 5] {
        [self.row.table().name(), ".", self.row.name(), ".", self.column.name()]
    }

    /// Writes the name as formulas print it.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write_to(self, out: &mut impl fmt::Write) -> fmt::Result {
        let parts = self.full_name_parts();
        let shown = if self.is_understood() { &parts[..3] } else { &parts[..] };
        shown.iter().try_for_each(|part| out.write_str(part))
    }
}

impl fmt::Display for CellId {
    /// The name as formulas print it: 总计 of table three and the year of the indicator table are understood.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

impl FromStr for CellId {
    type Err = ();

    /// `table.row[.column]`; without a column the 总计 column is meant.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (table, rest) = text.split_once('.').ok_or(())?;
        let table: TableId = table.parse()?;
        let cell = match rest.parse::<Row>() {
            Ok(row) => CellId::total(row),
            Err(()) => {
                let (row, column) = rest.rsplit_once('.').ok_or(())?;
                CellId::new(row.parse()?, column.parse()?)
            }
        };
        (cell.row.table() == table).then_some(cell).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for name in [
            "requests.granted.total",
            "requests.refused.state_secret.natural_person",
            "requests.other.other.total",
            "disputes.litigation_after_review.other",
            "proactive.fees.amount",
            "statistics.answered.refused.state_secret.value",
            "statistics.applications.cumulative",
        ] {
            assert_eq!(name.parse::<CellId>().map(CellId::full_name), Ok(name.to_string()));
        }
        assert_eq!("requests.granted".parse(), Ok(CellId::total(Row::Granted)));
        assert_eq!("requests.other".parse(), Ok(CellId::total(Row::Other)));
        assert_eq!("statistics.answered".parse(), Ok(CellId::new(Row::Answered, Column::Value)));
        assert_eq!(CellId::total(Row::Answered).to_string(), "statistics.answered");
        assert!("disputes.granted".parse::<CellId>().is_err());
    }

    #[test]
    fn the_forms_have_their_rows() {
        let all = Row::ALL.iter().copied().filter(|r| r.table() == TableId::Requests);
        let rows: Vec<Row> = all.clone().filter(|r| r.members().is_empty()).collect();
        assert_eq!(Row::of_requests(Generation::Form2021), rows);
        let rows: Vec<Row> =
            all.filter(|r| *r == Row::Other || r.members().is_empty() && r.group() != Some(Row::Other)).collect();
        assert_eq!(Row::of_requests(Generation::Form2019), rows);
        assert_eq!(Row::outcomes(Generation::Form2019).last(), Some(&Row::Other));
        assert_eq!(Row::outcomes(Generation::Form2021).first(), Some(&Row::Granted));
    }
}
