//! Words that reading claims compares a place with, once it has found it: `[words]` of `dictionaries/claims.toml`.

use serde::Deserialize;

use super::word_list::word_lists;

/// A part of the names of organs and how it is called for short: `经济技术开发区=经开区`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ShortForm {
    /// As names have it.
    pub long: String,
    /// As it is called.
    pub short: String,
}

impl TryFrom<String> for ShortForm {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let whole = |(long, short): &(&str, &str)| !long.is_empty() && !short.is_empty();
        let (long, short) = text
            .split_once('=')
            .filter(whole)
            .ok_or_else(|| format!("\"{text}\" is no short form: write long=short, as in 经济技术开发区=经开区"))?;
        Ok(ShortForm { long: long.to_string(), short: short.to_string() })
    }
}

word_lists! {
    /// Words that reading claims compares a place with; their use is told in `dictionaries/claims.toml`.
    pub struct ClaimWords {
        /// What opens a clause of parts.
        list_openers,
        /// What opens the parts of the part before it.
        part_openers,
        /// What says that the parts that follow are all there are.
        respectively,
        /// What says that they are some of many.
        choices,
        /// What opens a clause with a new total.
        new_totals,
        /// What a total after its parts is called.
        sums,
        /// All that is left, whatever follows the word.
        rest,
        /// All that is left, if it is said of nothing in particular.
        other,
        /// What `other` may be said of and still mean all that is left.
        rest_of,
        /// What the whole counts, said once more.
        counted,
        /// Applicants that are natural persons.
        natural_persons,
        /// Applicants that are organisations.
        organisations,
        /// How sorts of information are called that no class has.
        sorts_of_information,
        /// What says that a number includes something,
        inclusions,
        /// What opens a sentence on some of what the one before counted.
        among,
        /// or leaves it out,
        exclusions,
        /// namely what was carried over
        carried,
        /// from last year.
        last_years,
        /// How documents are open, 主动公开 and 依申请公开.
        openness,
        /// How documents of any kind are called, whose openness a sentence tells.
        papers,
        /// What is done with applications: a sentence without it that names all of `openness` is on documents.
        work_on_requests,
        /// Before a number, and a word for a change behind it, they make it that of before: 由40件上升到62件.
        changes_from,
        /// Before a number, which is then that of before whatever the change is called: 由3件变为9件.
        changes_begin,
        /// How the word for such a change ends.
        changes_to,
        /// Before a year at the end of a clause, besides `compared_with`, they make it one that is spoken of: 对照2021年，.
        speaks_of_a_year,
        /// Words for the year before that a bracket may follow: 较上年同期（400件）.
        years_before,
        /// Words for the year last named.
        that_year,
        /// Words for it right behind a year, else for the report's.
        whole_year,
        /// What may stand behind a year alone in a bracket: 15件（2022年数据）.
        behind_a_year,
        /// Words for this year, of whose applications some are told: 办结本年申请20件.
        of_this_year,
        /// Words for what goes over from one year to the next: 跨年度办理申请4件.
        over_years,
        /// What opens a clause that names the report or the numbers of another year: 据上年年报，.
        cites,
        /// Of these, what does so only before a colon: 上述为2021年数据：.
        points_back,
        /// Of these, what is followed by a report only, not by 情况.
        as_basis,
        /// How a report is called.
        reports,
        /// What ends it.
        cited,
        /// What it may say of the report before its end.
        cited_on,
        /// What says that a sentence is on the report itself: 本报告仅统计本级.
        tells_of_the_report,
        /// and on the own level
        own_levels,
        /// alone: right before it,
        only,
        /// or behind it, of the bodies below.
        leaving_out,
        /// What is left out then.
        bodies_below,
        /// What makes it more than that, or some of the report only.
        beside_own_level,
        /// What opens a clause that names whose numbers follow it: 就.
        label_openers,
        /// How the title of some body's numbers ends: 情况.
        label_ends,
        /// What opens a clause about all that was counted before.
        of_all,
        /// Section four that says just this.
        nothing,
        /// What denies the words that follow.
        denying,
        /// What makes the words that follow those of some only.
        of_some_before,
        /// What may stand between the words of a denial and the number of those that it holds of.
        before_their_number,
        /// What one application may ask for several of.
        matters,
        /// The units of those.
        units_of_matters,
        /// What says how often something was done.
        occasions,
        /// Who is asked before information is disclosed.
        who_is_asked,
        /// How the answer of who was asked is called.
        consents,
        /// Results of disputes.
        results,
        /// What ends a clause about all the time since some year.
        since,
        /// How names of organs and places end, a character each.
        organ_ends,
        /// Words that end so and are none.
        no_organs,
        /// What the name of an organ may end with or go without: 人民政府.
        seats,
        /// What an organ is called by its kind alone where its name ends so: 管委会.
        own_kinds,
        /// What follows the name of a body and makes it that of a web site or an account.
        sites,
        /// A bracket that holds nothing else tells whose part of the whole a number is.
        parts_in_brackets,
        /// What opens the disputes beside those over disclosure.
        besides,
        /// What is said of all suits of an organ, unless the sentence names disclosure.
        all_suits,
        /// What is said of disputes that are not over disclosure.
        other_disputes,
        /// What is only meant to be.
        goals,
        /// What answers by their kind are called.
        kinds_of_answers,
        /// What is done to information of which a part is disclosed.
        parted,
        /// What goes on with the number at the end of the line before.
        going_on,
        /// 因, 依据: for which reason, or by which article, an outcome was.
        for_a_reason,
        /// 涉及: what counted applications are about.
        concerning,
        /// What says that applications are about something.
        topics,
        /// What is done to rules: 制定政府信息公开申请办理规范2项.
        rule_making,
        /// What says that applications with a reason to refuse them were answered all the same.
        then_disclosed,
        /// How a clause ends that names a sort of applications.
        sort_ends,
        /// What stands between a wrong number and the right one.
        corrections,
        /// What says that a clause counts documents.
        of_documents,
        /// What closes cases of the organ's own.
        closes_cases,
        /// What is said of other business that came in, of which what follows is handled.
        taken_up,
        /// What ends documents without repealing them, in the eyes of some.
        lapses,
        /// What is said of applications handled before their term ended.
        in_time,
        /// What says of a number that it is all there are.
        of_everything,
        /// What restricts a denial of applications to one way of applying, besides the channels.
        one_way,
        /// What may tell that applications came in one way only.
        perhaps_one_way,
        /// The last of several labels, which takes all that is left.
        last_labels,
        /// What opens a clause that names a topic of the numbers behind it.
        topic_openers,
        /// What ends one.
        topic_ends,
        /// What stands before such an end where it says how many topics there are.
        numbering,
        /// What names the matter of the tables in such a clause.
        matters_of_tables,
        /// What opens a clause on all that was counted before it,
        all_are,
        /// and one that may be on it.
        are,
        /// What is done with the matter of the tables, all of it.
        work,
        /// What opens a bracket on the only ones that were counted.
        only_these,
        /// Areas that are more than a department.
        wide_in_brackets,
        /// What opens a clause that names a channel.
        by_channel,
        /// What says that it is not the only one.
        other_channels,
        /// Applicants who are some of all.
        some_applicants,
        /// How the names of units end.
        units,
        /// What a clause on bodies below the reporting one begins with.
        opening_bodies,
        /// How the name of all organs of one kind begins,
        systems_begin,
        /// and ends.
        systems_end,
        /// What stands between a unit and what it is.
        says_what_it_is,
        /// What opens a clause that names who of the body did it,
        done_by_whom,
        /// and what ends it.
        done_by,
        /// What is left out without leaving out bodies.
        no_bodies,
        /// What says that something is done for another body.
        done_for,
        /// What says that others handed it on.
        handed_on,
        /// What opens a clause that compares with another time.
        comparisons,
        /// What stands before a time that is compared with.
        compared_with,
        /// What opens a clause that judges what was counted, whatever period it names.
        predicates,
        /// What opens a clause of disputes that what stands before it brought about.
        brings_about,
        /// What may stand before words that open a clause.
        also,
        /// What tells why some of the applications go on into the next year.
        reasons,
        /// What names all of the reporting area or system.
        whole,
        /// What names disclosure in the forms before 2019.
        disclosure,
    } and {
        /// Parts of names with their short forms, in the order in which they are tried.
        short_forms: Vec<ShortForm>,
        /// How an organ speaks of itself, by how its name ends.
        self_forms: Vec<ShortForm>,
    }
}
