//! Why a number is held to the tables less strictly than its words alone would be, in words.

use crate::claims::Doubt;
use crate::lang::Lang;

/// The reason, as a part of a sentence.
pub(super) fn text(doubt: Doubt, lang: Lang) -> &'static str {
    let (zh, en) = match doubt {
        Doubt::TopicNotNamed => ("上下文没有写明所指", "the place does not say for certain what is counted"),
        Doubt::UnknownWords => ("前面有未识别的词", "words before it are not known"),
        Doubt::OfSome => ("所说的可能只是一部分申请或案件", "it may be of some applications or disputes only"),
        Doubt::SoFar => ("“累计”可能不止本年", "累计 may cover more than the year"),
        Doubt::Deducted => ("句中扣除了一部分", "the sentence takes something off"),
        Doubt::OfOthers => ("可能含为其他机关办理的", "it may be work for other bodies"),
        Doubt::OfTheGovernment => ("规章由政府制定", "regulations are the government's, not a department's"),
        Doubt::OfTheYear => {
            ("说的可能只是本年或上年收到的", "it may be of those received this year, or last year, only")
        }
        Doubt::InTime => ("说的只是按时办结的", "it is of those handled in time only"),
        Doubt::OfOneSort => ("所说的只是其中一类", "it is of one sort only"),
        Doubt::OfTheReceived => ("说的是收到的申请", "it is of what was received"),
        Doubt::OfDisputes => ("说的是复议、诉讼案件", "it is of the disputes"),
        Doubt::OfDisputedAnswers => ("说的是引起复议、诉讼的答复", "it is of the answers that were disputed"),
        Doubt::OfTheNumberBefore => ("说的是前一个数中的", "it is of the number before it"),
        Doubt::OfAnotherCount => ("说的是句中另一项数的", "it is of another count of the sentence"),
        Doubt::NoApplications => ("单位不是申请件数", "its unit is not that of applications"),
        Doubt::OfOtherDisputes => ("句中还说到信息公开以外的案件", "the sentence speaks of other disputes too"),
        Doubt::OfAllSuits => ("可能是全部应诉案件", "it may be of all suits of the organ"),
        Doubt::Ambiguous => ("这一说法有几种含义", "such words have several meanings"),
        Doubt::OfATopic => ("说的是申请的内容，不是答复", "it is what they are about, not what became of them"),
        Doubt::OfMoreThanNamed => ("“等”可能还含未列出的", "等 may take in more than is named"),
        Doubt::Joined => ("与前面并列的几项合在一起计数", "it counts together what the words join"),
        Doubt::OfWhoWasAsked => ("说的是被征求意见者的答复", "it is the answer of those who were asked"),
        Doubt::RunTogether => ("前后的数字之间缺了标点", "the marks between the numbers are lost"),
        Doubt::Corrected => ("是更正前的数", "it is the number before a correction"),
        Doubt::Denied => ("前面有否定词", "it is denied by the words before it"),
        Doubt::OfDocuments => ("说的是文件", "it is of documents"),
        Doubt::OfTheCarriedIn => ("说的是上年结转的申请", "it is of the applications carried in"),
        Doubt::OfAnOutcome => ("说的是前一项中的", "it is of what is counted before it"),
        Doubt::TheRest => ("说的是其余部分", "it is what is left of another count"),
        Doubt::ForAReason => ("说的只是因某一原因结转的", "it is of those carried out for one reason"),
        Doubt::OfOneReason => ("说的可能只是因前面所说原因的", "it may be only of those for the reason named before"),
        Doubt::OfTheOfficeItself => ("可能只是办公室自己的", "it may be the office's own only"),
        Doubt::NewlyReceived => ("说的只是新发生的", "it is of the new ones only"),
        Doubt::PerhapsNarrower => {
            ("所说的机关可能只是本报告范围的一部分", "the body may be a part of the reporting one")
        }
        Doubt::OfNobodyKnown => {
            ("不知道是哪个机关或哪一年的报告", "it is not known whose report this is, or of which year")
        }
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
