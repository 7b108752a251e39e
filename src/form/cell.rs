//! Tables, rows and columns of the 2019 and the 2021 form.

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
    /// One of the three statutory tables.
    TableId {
        /// Section 二, 主动公开政府信息情况.
        Proactive = "proactive",
        /// Section 三, 收到和处理政府信息公开申请情况.
        Requests = "requests",
        /// Section 四, 政府信息公开行政复议、行政诉讼情况.
        Disputes = "disputes",
    }
}

impl TableId {
    /// The section of the form (2 to 4) that holds this table.
    #[must_use]
    pub const fn section(self) -> u8 {
        match self {
            TableId::Proactive => 2,
            TableId::Requests => 3,
            TableId::Disputes => 4,
        }
    }
}

named! {
    /// The format of a report, named by the first year it was used for.
    Generation {
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
        } else {
            TableId::Disputes
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
            Generation::Form2019 => &REQUESTS_2019,
            Generation::Form2021 => &REQUESTS_2021,
        }
    }

    /// The rows of table three that add up to its 总计 row.
    #[must_use]
    pub fn outcomes(generation: Generation) -> &'static [Row] {
        let rows = Row::of_requests(generation);
        // 本年新收 and 上年结转 come before them, 总计 and 结转下年度 after.
        &rows[2..rows.len() - 2]
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

    /// The 总计 cell of a row.
    #[must_use]
    pub const fn total(row: Row) -> Self {
        CellId { row, column: Column::Total }
    }

    /// The name with its column, always: `requests.granted.total`.
    #[must_use]
    pub fn full_name(self) -> String {
        format!("{}.{}.{}", self.row.table(), self.row, self.column)
    }
}

impl fmt::Display for CellId {
    /// The name as formulas print it: 总计 of table three is understood.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row.table().name())?;
        f.write_str(".")?;
        f.write_str(self.row.name())?;
        if self.column == Column::Total && self.row.table() == TableId::Requests {
            return Ok(());
        }
        f.write_str(".")?;
        f.write_str(self.column.name())
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
        ] {
            assert_eq!(name.parse::<CellId>().map(CellId::full_name), Ok(name.to_string()));
        }
        assert_eq!("requests.granted".parse(), Ok(CellId::total(Row::Granted)));
        assert_eq!("requests.other".parse(), Ok(CellId::total(Row::Other)));
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
