//! Short Chinese names of rows and columns, for messages.

use super::{CellId, Column, Row, TableId};

impl Row {
    /// The short official name.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Row::Regulations => "规章",
            Row::NormativeDocuments => "行政规范性文件",
            Row::Licences => "行政许可",
            Row::OtherServices => "其他对外管理服务事项",
            Row::Penalties => "行政处罚",
            Row::CoerciveMeasures => "行政强制",
            Row::Fees => "行政事业性收费",
            Row::Procurement => "政府集中采购",
            Row::Received => "本年新收",
            Row::CarriedIn => "上年结转",
            Row::Granted => "予以公开",
            Row::PartlyGranted => "部分公开",
            Row::Refused => "不予公开",
            Row::StateSecret => "不予公开·国家秘密",
            Row::OtherLaw => "不予公开·法律行政法规禁止",
            Row::SecurityStability => "不予公开·三安全一稳定",
            Row::ThirdParty => "不予公开·第三方合法权益",
            Row::InternalAffairs => "不予公开·内部事务信息",
            Row::ProcessInformation => "不予公开·过程性信息",
            Row::EnforcementFile => "不予公开·行政执法案卷",
            Row::AdministrativeQuery => "不予公开·行政查询事项",
            Row::Unavailable => "无法提供",
            Row::NotHeld => "无法提供·本机关不掌握",
            Row::NeedsCreation => "无法提供·需要另行制作",
            Row::Unclear => "无法提供·补正后仍不明确",
            Row::Rejected => "不予处理",
            Row::Petition => "不予处理·信访举报投诉",
            Row::Repeated => "不予处理·重复申请",
            Row::Publication => "不予处理·公开出版物",
            Row::Excessive => "不予处理·大量反复申请",
            Row::Reconfirmation => "不予处理·重新出具",
            Row::Other => "其他处理",
            Row::NotCorrected => "其他处理·逾期不补正",
            Row::FeeUnpaid => "其他处理·未缴费",
            Row::OtherOther => "其他处理·其他",
            Row::Handled => "办理结果总计",
            Row::CarriedOut => "结转下年度",
            Row::Review => "行政复议",
            Row::LitigationDirect => "未经复议直接起诉",
            Row::LitigationAfterReview => "复议后起诉",
        }
    }
}

impl Column {
    /// The short official name.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Column::Issued => "本年制发件数",
            Column::Repealed => "本年废止件数",
            Column::InForce => "现行有效件数",
            Column::Made => "本年新制作数量",
            Column::Disclosed => "本年新公开数量",
            Column::DisclosedTotal => "对外公开总数量",
            Column::ItemsLastYear => "上一年项目数量",
            Column::ItemsChange => "本年增/减",
            Column::Decisions => "处理决定数量",
            Column::Items => "采购项目数量",
            Column::Amount => "金额",
            Column::NaturalPerson => "自然人",
            Column::Business => "商业企业",
            Column::Research => "科研机构",
            Column::PublicInterest => "社会公益组织",
            Column::LegalService => "法律服务机构",
            Column::OtherOrganisation => "其他（法人或其他组织）",
            Column::Upheld => "结果维持",
            Column::Corrected => "结果纠正",
            Column::OtherResult => "其他结果",
            Column::Pending => "尚未审结",
            Column::Total => "总计",
        }
    }
}

impl CellId {
    /// Row and column in Chinese; 总计 of table three is understood.
    #[must_use]
    pub fn chinese(self) -> String {
        if self.column == Column::Total && self.row.table() == TableId::Requests {
            self.row.chinese().to_string()
        } else {
            format!("{}·{}", self.row.chinese(), self.column.chinese())
        }
    }
}
