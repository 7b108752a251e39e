//! Words that rules compare a place with, once they have found it: `[words]` of `dictionaries/marks.toml`.

use super::word_list::word_lists;

word_lists! {
    /// Words that rules compare a place in the text with; their use is told in `dictionaries/marks.toml`.
    pub struct RuleWords {
        /// How an organ speaks of itself.
        own,
        /// What makes a sentence on the year before a comparison.
        looks_back,
        /// 将 with a word that can only mean what is to come.
        to_come,
        /// How titles of parts end.
        title_ends,
        /// What only section five speaks of.
        problem_traces,
        /// What only section six speaks of.
        other_traces,
        /// What makes a span of days the statistical period.
        period_words,
        /// How names of central organs end that write regulations.
        ministry_ends,
        /// What a number is compared with: 较, 比.
        against,
        /// How words end at a number that may be the rest of what the one beside it counts.
        dividers,
        /// What is said of applications that came in and are not counted.
        not_counted,
        /// Answers that no cell is named for, beside a reason.
        other_answers,
        /// What was disclosed.
        disclosed,
        /// What was not.
        refused,
        /// Words of time before a count.
        times,
        /// Documents issued once more.
        revising,
        /// How a report is said to be drawn up.
        drawn_up,
        /// What is said of all the time since some year.
        since_some_year,
        /// What tells that a sentence speaks of the report.
        this_report,
        /// What says that a table is in another file: 见附件.
        in_another_file,
        /// What is said of notices that were issued.
        sent,
        /// What denies it.
        denying,
        /// What says that disputes are over disclosure.
        names_disclosure,
        /// Information that was public already, beside what was disclosed.
        ways_to_find,
        /// What is left of some count: 其余.
        rest,
        /// Rates of a whole.
        rates,
        /// Notes of the form, which a page break repeats.
        form_notes,
        /// What is said of all of a count.
        all_of,
        /// Channels of application that are all of a clause but its number.
        channels,
        /// What became of an application that nobody asks for any more: 撤销.
        given_up,
        /// What is said of applications taken up, of which there may be fewer than came in: 受理.
        accepted,
        /// What is said of applications answered, beside which others were refused: 答复.
        answered,
        /// What is said of things counted twice.
        overlapping,
        /// Where information is disclosed, the same piece often in several places.
        media,
        /// Words of results that stand in another column, of other disputes or of several stages.
        mixing,
        /// What says that the results told before are not all.
        of_other_results,
        /// What may stand before a result of all disputes counted.
        before_results,
        /// How such results begin.
        plain_results,
        /// What says that disputes are not over disclosure.
        not_over_disclosure,
        /// Words for getting better.
        better,
        /// Steps of handling, of which one application may take several.
        steps,
        /// Behind a year they make a number none of that year.
        not_of_the_year,
        /// What opens a comparison.
        compares,
        /// Words for one number being so many times another.
        is_as_much,
        /// Units of time that are no durations of the table of units.
        short_times,
        /// Units of ranks: less is more.
        ranks,
        /// The year before.
        last_year,
        /// The year reported on.
        this_year,
        /// How a sentence goes on that tells what came in.
        comes_in,
        /// What is said of one year beside another.
        compares_years,
        /// 同比
        year_on_year,
        /// More.
        rise,
        /// Less.
        fall,
        /// From a smaller number to this.
        rise_to,
        /// From a greater number to this.
        fall_to,
        /// A count and the share that it makes.
        share_of,
        /// The 条例 as revised in 2019.
        law_2019,
        /// What speaks of fees in section six.
        fee_words,
        /// 信息处理费
        processing_fee,
        /// No notice to pay was issued.
        no_fee_notice,
        /// What ends an organ within the year.
        dissolved,
        /// What stands before 日期 where it is not that of publication.
        not_published,
        /// What says that a report was published again.
        reissued,
        /// Words of work in general, which a report has every year.
        general_work,
        /// What shows that a paragraph tells of the year before on purpose.
        of_another_year,
        /// What names a basis.
        basis,
        /// What tells of an act as history.
        past_basis,
        /// Where the content of a section is said to stand.
        elsewhere,
        /// What may stand between 信息处理费 and its amount.
        fee_joins,
        /// What stands before 信息处理费 that was not charged.
        fee_off,
        /// Parts of an organ or of its applications.
        parts_of_organ,
        /// What makes an amount of 行政事业性收费 another than that of the table.
        other_fees,
        /// The year of issue.
        within_the_year,
        /// What ends a document.
        ended,
        /// What stands before parts that one application may be in several of.
        on_topics,
        /// What opens a bracket on what a number leaves out.
        left_out,
        /// 另有: what counts something apart from the number before it.
        counted_apart,
        /// What tells of the rest after a list of shares, or that they overlap.
        rest_follows,
        /// P009: before a list of shares: only the largest of them.
        only_the_largest,
    } and {}
}

impl RuleWords {
    /// Whether a text may end with a word for a change or a share: a quick look before the words are compared.
    #[must_use]
    pub fn may_end_change(&self, text: &str) -> bool {
        [&self.rise, &self.fall, &self.share_of].iter().any(|words| words.may_end(text))
    }
}
