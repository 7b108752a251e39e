//! Why a number is held to the tables less strictly than the words of its pattern alone would be.

/// What keeps a number that differs from its cell from contradicting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The place does not say for certain what it is about.
    TopicNotNamed,
    /// Words that no pattern knows stand before it.
    UnknownWords,
    /// One of some applications or disputes: 因程序问题引发的行政复议2件; 涉及征地的申请96件，予以公开37件.
    OfSome,
    /// 累计, and no word names the year.
    SoFar,
    /// 扣除撤回的5件后
    Deducted,
    /// Dealt with for others: 参与制定规范性文件7件.
    OfOthers,
    /// Regulations in a department's report: the government's.
    OfTheGovernment,
    /// 按时办结58件: others may have been late.
    InTime,
    /// 办结本年申请20件: those carried in come in addition.
    OfTheYear,
    /// 延期答复申请77件
    OfOneSort,
    /// 收到申请84件（含重复申请6件）
    OfTheReceived,
    /// 引发行政复议7件，办结6件
    OfDisputes,
    /// 引发行政复议12件，其中不予公开8件
    OfDisputedAnswers,
    /// 重新答复的1件又引发行政复议1件
    OfTheNumberBefore,
    /// 来信31件，办结30件
    OfAnotherCount,
    /// 自然人55人
    NoApplications,
    /// 另有行政复议7件
    OfOtherDisputes,
    /// 全局应诉案件12件
    OfAllSuits,
    /// Words of several meanings, and no outcome stands beside them.
    Ambiguous,
    /// 部分公开10件，其中涉及个人隐私8件; 申请内容涉及个人隐私的12件
    OfATopic,
    /// 不予公开、无法提供等共32件
    OfMoreThanNamed,
    /// 修改、废止规范性文件3件; 自然人和法人申请62件
    Joined,
    /// 第三方同意公开1件
    OfWhoWasAsked,
    /// 其中3件书面回复1件结转下年: the marks between the numbers are lost.
    RunTogether,
    /// 由6件更正为4件
    Corrected,
    /// 未予公开42件
    Denied,
    /// 制定规范性文件5件，本年新增3件
    OfDocuments,
    /// 上年结转申请5件，其中同意公开4件
    OfTheCarriedIn,
    /// 不予公开2件，其中1件引发行政复议
    OfAnOutcome,
    /// 其余14件均按期办结
    TheRest,
    /// 其中2件因疫情延期结转至下年
    ForAReason,
    /// 属于行政执法案卷，依法不予公开3件: those of the group that the reason names.
    OfOneReason,
    /// 县政府办公室制定规范性文件2件, in the office's report.
    OfTheOfficeItself,
    /// 新收行政复议5件: those of the year before are not in it.
    NewlyReceived,
    /// 县政府, in the report of the whole county.
    PerhapsNarrower,
    /// 全县, in a report that does not say whose it is.
    OfNobodyKnown,
}
