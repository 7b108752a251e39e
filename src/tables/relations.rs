//! Which rows of an indicator table are parts of which.

use crate::form::Row;

/// A whole with its parts, as far as the table has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The whole.
    pub whole: Row,
    /// The parts that the table has, at least one.
    pub parts: Vec<Row>,
    /// The list holds everything, so that the parts add up to the whole: the form says so, or it has a row for the rest.
    pub is_complete: bool,
    /// The parts are those of the form of 2014; its sums are official.
    pub is_official: bool,
    /// The same thing may be counted in several parts.
    pub may_overlap: bool,
}

/// Every whole of the table with the parts that it has.
pub fn families(is_there: &dyn Fn(Row) -> bool) -> Vec<Parts> {
    FAMILIES.iter().filter_map(|family| family.of(is_there)).collect()
}

/// A family of rows.
struct Family {
    whole: Row,
    /// The rows of the form of 2014: with all of them the list is complete.
    official: &'static [Row],
    /// Further rows of local tables.
    local: &'static [Row],
    /// Rows that stand beside the parts in some tables and under one of them in others: with one of them nothing is
    /// complete, and outside the form of 2014 they are no parts.
    unsettled: &'static [Row],
    /// With all rows of one of these sets the list is complete whatever else it has.
    complete: &'static [&'static [Row]],
    may_overlap: bool,
}

/// R10, R11, R13 (sums) and R14 (channels of disclosure, which may overlap).
static FAMILIES: [Family; 8] = [
    Family {
        whole: Row::Disclosed,
        official: &[Row::ByGazette, Row::ByWebsite, Row::ByWeibo, Row::ByWechat, Row::ByOtherMeans],
        local: &[],
        unsettled: &[],
        complete: &[],
        may_overlap: true,
    },
    Family {
        whole: Row::Applications,
        official: &[Row::InPerson, Row::ByFax, Row::Online, Row::ByLetter],
        local: &[Row::ByEmail, Row::ByLetterOrFax, Row::ApplicationsOther],
        unsettled: &[],
        complete: &[&[Row::ApplicationsOther], &[Row::InPerson, Row::Online, Row::ByLetterOrFax]],
        may_overlap: false,
    },
    Family {
        whole: Row::Closed,
        official: &[Row::ClosedOnTime, Row::ClosedExtended],
        local: &[],
        unsettled: &[],
        complete: &[],
        may_overlap: false,
    },
    Family {
        whole: Row::Answered,
        official: &[
            Row::AlreadyPublic,
            Row::AnsweredGranted,
            Row::AnsweredPartly,
            Row::AnsweredRefused,
            Row::NotOurs,
            Row::Absent,
            Row::Amended,
            Row::Elsewhere,
        ],
        local: &[Row::AnsweredOther],
        unsettled: &[
            Row::AlreadyPublic,
            Row::NotOurs,
            Row::Absent,
            Row::Amended,
            Row::Elsewhere,
            Row::AnsweredUnclear,
            Row::AnsweredRepeated,
        ],
        complete: &[&[Row::AnsweredOther]],
        may_overlap: false,
    },
    Family {
        whole: Row::AnsweredRefused,
        official: &[
            Row::SecretOfState,
            Row::SecretOfTrade,
            Row::Privacy,
            Row::Security,
            Row::NotInformation,
            Row::RefusedByLaw,
        ],
        local: &[],
        unsettled: &[],
        complete: &[],
        may_overlap: false,
    },
    Family {
        whole: Row::Reviews,
        official: &[Row::ReviewsUpheld, Row::ReviewsCorrected, Row::ReviewsOther],
        local: &[],
        unsettled: &[],
        complete: &[],
        may_overlap: false,
    },
    Family {
        whole: Row::Suits,
        official: &[Row::SuitsUpheld, Row::SuitsCorrected, Row::SuitsOther],
        local: &[],
        unsettled: &[],
        complete: &[],
        may_overlap: false,
    },
    Family {
        whole: Row::Staff,
        official: &[Row::StaffFullTime, Row::StaffPartTime],
        local: &[],
        unsettled: &[],
        complete: &[],
        may_overlap: false,
    },
];

impl Family {
    fn of(&self, is_there: &dyn Fn(Row) -> bool) -> Option<Parts> {
        let has_official = self.official.iter().all(|r| is_there(*r));
        let all = self.official.iter().chain(self.local).copied();
        let parts: Vec<Row> = all.filter(|r| is_there(*r) && (has_official || !self.unsettled.contains(r))).collect();
        if parts.is_empty() || !is_there(self.whole) {
            return None;
        }
        let is_unsettled = self.unsettled.iter().any(|r| is_there(*r) && !(has_official && self.official.contains(r)));
        let has_rest = self.complete.iter().any(|set| set.iter().all(|r| is_there(*r)));
        let is_official = has_official && parts.len() == self.official.len();
        let is_complete = (has_official || has_rest) && !is_unsettled;
        Some(Parts { whole: self.whole, parts, is_complete, is_official, may_overlap: self.may_overlap })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_local_tables_are_no_parts_of_the_answers() {
        let rows = [Row::Answered, Row::AnsweredGranted, Row::AnsweredRefused, Row::Absent, Row::AnsweredOther];
        let found = families(&|row| rows.contains(&row));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].parts, [Row::AnsweredGranted, Row::AnsweredRefused, Row::AnsweredOther]);
        assert!(!found[0].is_complete && !found[0].is_official);
    }
}
