//! Short Chinese names of rows and columns, for messages.

use super::{CellId, Column, Row};

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
            Row::Disclosed => "主动公开政府信息数",
            Row::DisclosedDocuments => "主动公开规范性文件数",
            Row::DocumentsIssued => "制发规范性文件总数",
            Row::ByGazette => "政府公报公开数",
            Row::ByWebsite => "政府网站公开数",
            Row::ByWeibo => "政务微博公开数",
            Row::ByWechat => "政务微信公开数",
            Row::ByOtherMeans => "其他方式公开数",
            Row::Responses => "回应热点舆情数",
            Row::PressConferences => "新闻发布会次数",
            Row::PressConferencesChief => "主要负责同志参加新闻发布会次数",
            Row::Interviews => "在线访谈次数",
            Row::InterviewsChief => "主要负责同志参加在线访谈次数",
            Row::Explanations => "政策解读稿件发布数",
            Row::SocialMedia => "微博微信回应事件数",
            Row::ResponsesOther => "其他方式回应事件数",
            Row::Applications => "收到申请数",
            Row::InPerson => "当面申请数",
            Row::ByFax => "传真申请数",
            Row::Online => "网络申请数",
            Row::ByLetter => "信函申请数",
            Row::ByEmail => "电子邮件申请数",
            Row::ByLetterOrFax => "信函、传真申请数",
            Row::ApplicationsOther => "其他形式申请数",
            Row::Closed => "申请办结数",
            Row::ClosedOnTime => "按时办结数",
            Row::ClosedExtended => "延期办结数",
            Row::Answered => "申请答复数",
            Row::AlreadyPublic => "属于已主动公开范围数",
            Row::AnsweredGranted => "同意公开答复数",
            Row::AnsweredPartly => "同意部分公开答复数",
            Row::AnsweredRefused => "不同意公开答复数",
            Row::SecretOfState => "不同意公开·国家秘密",
            Row::SecretOfTrade => "不同意公开·商业秘密",
            Row::Privacy => "不同意公开·个人隐私",
            Row::Security => "不同意公开·危及安全和稳定",
            Row::NotInformation => "不同意公开·非条例所指政府信息",
            Row::RefusedByLaw => "不同意公开·法律法规规定的其他情形",
            Row::NotOurs => "不属于本行政机关公开数",
            Row::Absent => "申请信息不存在数",
            Row::Amended => "告知作出更改补充数",
            Row::Elsewhere => "告知通过其他途径办理数",
            Row::AnsweredUnclear => "申请内容不明确数",
            Row::AnsweredRepeated => "重复申请数",
            Row::AnsweredOther => "其他类型答复数",
            Row::Reviews => "行政复议数量",
            Row::ReviewsUpheld => "行政复议·维持",
            Row::ReviewsCorrected => "行政复议·被依法纠错",
            Row::ReviewsOther => "行政复议·其他情形",
            Row::Suits => "行政诉讼数量",
            Row::SuitsUpheld => "行政诉讼·维持或驳回",
            Row::SuitsCorrected => "行政诉讼·被依法纠错",
            Row::SuitsOther => "行政诉讼·其他情形",
            Row::Appeals => "行政申诉数",
            Row::Complaints => "举报投诉数量",
            Row::SuitsAndComplaints => "接受行政诉讼、举报数",
            Row::Charges => "依申请公开收取的费用",
            Row::ChargesReduced => "收费减免金额",
            Row::Offices => "政府信息公开工作专门机构数",
            Row::ReadingPoints => "政府信息公开查阅点数",
            Row::Staff => "从事政府信息公开工作人员数",
            Row::StaffFullTime => "专职人员数",
            Row::StaffPartTime => "兼职人员数",
            Row::Budget => "政府信息公开专项经费",
            Row::Meetings => "工作会议或专题会议数",
            Row::Trainings => "举办培训班数",
            Row::Trained => "接受培训人员数",
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
            Column::Value => "本年度",
            Column::Cumulative => "历年累计",
        }
    }
}

impl CellId {
    /// Row and column in Chinese; 总计 of table three and the year of the indicator table are understood.
    #[must_use]
    pub fn chinese(self) -> String {
        if self.is_understood() {
            self.row.chinese().to_string()
        } else {
            format!("{}·{}", self.row.chinese(), self.column.chinese())
        }
    }
}
