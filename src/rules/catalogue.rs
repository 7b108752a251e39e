//! The registry: every rule with its code, name, severity and page. An explicit list, sorted by code.

use crate::findings::Severity;
use crate::lang::Lang;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Letter for the kind, section of the form, number.
    pub code: &'static str,
    /// Reads as what one would allow: "allow `document-count`".
    pub name: &'static str,
    /// Its usual severity.
    pub severity: Severity,
    /// Its page in Markdown.
    pub page: &'static str,
}

macro_rules! rules {
    ($($code:literal $name:literal $severity:ident),* $(,)?) => {
        /// Every rule, in order of code.
        pub static RULES: &[Rule] = &[$(Rule {
            code: $code,
            name: $name,
            severity: Severity::$severity,
            page: include_str!(concat!("../../docs/rules/", $code, ".md")),
        }),*];
    };
}

rules! {
    "C001" "indicator-count" Error,
    "C002" "indicator-parts-exceed" Warning,
    "C003" "indicator-categories" Warning,
    "C004" "words-not-settled" Info,
    "C201" "document-count" Error,
    "C202" "decision-count" Error,
    "C203" "fee-unit" Warning,
    "C301" "received-count" Error,
    "C302" "handled-count" Error,
    "C303" "carried-over-count" Error,
    "C304" "granted-count" Error,
    "C305" "outcome-group-count" Error,
    "C306" "outcome-reason-count" Error,
    "C307" "applicant-count" Error,
    "C308" "outcome-share" Error,
    "C309" "none-received" Error,
    "C310" "fee-notice" Warning,
    "C401" "review-count" Error,
    "C402" "litigation-count" Error,
    "C403" "dispute-outcome" Warning,
    "C404" "none-disputed" Error,
    "D001" "report-year" Error,
    "D002" "statistical-period" Error,
    "D003" "published-too-early" Warning,
    "D004" "published-late" Warning,
    "D005" "year-not-changed" Warning,
    "D006" "plan-for-a-past-year" Warning,
    "D008" "document-of-a-later-year" Warning,
    "D009" "impossible-date" Error,
    "D010" "published-at-the-last-moment" Info,
    "E001" "unreadable-file" Warning,
    "E002" "not-a-report" Warning,
    "E003" "unsupported-form" Warning,
    "E004" "audit-failed" Warning,
    "E005" "glued-cells-recovered" Info,
    "E006" "glued-cells-undetermined" Warning,
    "E007" "indicator-rows-unread" Warning,
    "E008" "indicator-rows-recovered" Info,
    "E009" "indicator-table-missing" Warning,
    "E010" "characters-lost" Warning,
    "E011" "table-not-in-text" Warning,
    "E012" "pages-without-text" Warning,
    "E013" "scan-without-text" Warning,
    "E014" "limit-reached" Warning,
    "E015" "damaged-document" Warning,
    "E016" "encoding-overruled" Info,
    "E017" "needs-converter" Warning,
    "E018" "collection-broken" Warning,
    "E019" "report-repeated" Info,
    "E020" "another-report" Warning,
    "E201" "proactive-table-missing" Warning,
    "E202" "proactive-rows-unread" Warning,
    "E301" "requests-table-missing" Warning,
    "E302" "requests-rows-unread" Warning,
    "E303" "table-out-of-step" Warning,
    "E304" "rows-placed-by-order" Info,
    "E305" "table-stands-twice" Warning,
    "E401" "disputes-table-missing" Warning,
    "E402" "disputes-rows-unread" Warning,
    "L201" "township-fees" Info,
    "L301" "state-secrets-below-county" Info,
    "L302" "all-or-nothing-granted" Info,
    "L303" "mostly-other-outcomes" Info,
    "L304" "much-carried-over" Info,
    "L401" "more-disputes-than-requests" Warning,
    "P001" "parts-do-not-add-up" Error,
    "P002" "parts-exceed-total" Warning,
    "P003" "share-mismatch" Error,
    "P004" "share-out-of-range" Error,
    "P005" "share-truncated" Info,
    "P006" "scale-slip" Error,
    "P007" "change-mismatch" Error,
    "P008" "multiple-mismatch" Warning,
    "P009" "shares-do-not-make-the-whole" Warning,
    "P010" "impossible-change" Warning,
    "P011" "impossible-share" Warning,
    "P012" "points-miscounted" Warning,
    "P013" "balance-in-words" Error,
    "P014" "fee-off-the-tariff" Warning,
    "P015" "share-without-base" Warning,
    "S001" "section-missing" Warning,
    "S002" "section-number" Warning,
    "S003" "number-of-parts" Warning,
    "S005" "outdated-form" Warning,
    "S006" "outdated-basis" Warning,
    "S009" "blank-cells" Info,
    "S010" "marks-for-numbers" Info,
    "S011" "text-in-cells" Warning,
    "S014" "accountability-missing" Info,
    "S015" "period-missing" Info,
    "S501" "problems-missing" Warning,
    "S601" "processing-fee-missing" Info,
    "T001" "indicator-sum" Error,
    "T002" "indicator-exceeds-whole" Warning,
    "T003" "indicator-backlog" Warning,
    "T004" "indicator-channels" Warning,
    "T005" "not-a-count" Error,
    "T201" "issued-exceeds-in-force" Warning,
    "T202" "decisions-misread" Warning,
    "T203" "disclosed-exceeds-total" Warning,
    "T204" "regulations-without-power" Warning,
    "T301" "intake-outcome-mismatch" Error,
    "T302" "outcomes-do-not-add-up" Error,
    "T303" "row-does-not-add-up" Error,
    "T304" "total-left-blank" Warning,
    "T305" "handled-exceeds-intake" Error,
    "T401" "disputes-do-not-add-up" Error,
    "T402" "dispute-total-left-blank" Warning,
    "X001" "planted-phrase" Warning,
    "X004" "template-residue" Warning,
    "X005" "lost-date-marks" Info,
    "X008" "misprint" Info,
    "X009" "repeated-paragraph" Warning,
    "X011" "personal-data" Info,
}

/// The rule of a code or a name.
#[must_use]
pub fn by_code(code_or_name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.code.eq_ignore_ascii_case(code_or_name) || r.name == code_or_name)
}

/// The part of a page in one language, with its examples.
#[must_use]
pub fn page_part(page: &str, lang: Lang) -> String {
    let (own, other) = match lang {
        Lang::Zh => ("## 中文", "## English"),
        Lang::En => ("## English", "## 中文"),
    };
    let mut out = String::new();
    let mut keep = true;
    for line in page.lines() {
        if line.starts_with("## ") {
            keep = line != other;
            if line == own {
                continue;
            }
        }
        if keep {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
