//! Whose number a claim gives and which period's, where the words say other than the report's own.

use memchr::memmem;

use super::names::is_short_for;
use super::tokens::Token;
use super::{Scope, ScopeKind};
use crate::dictionary::{ClaimWords, Lexicon, symbol};
use crate::document::{Organ, OrganKind};

/// What words say of one side of the scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing: what was said before goes on.
    #[default]
    Nothing,
    /// The report's own.
    Own,
    /// Another.
    Other(Scope),
}

impl Said {
    fn other_than_own(text: &str, kind: ScopeKind) -> Said {
        Said::Other(Scope { text: text.to_string(), kind })
    }

    /// Another scope counts over the report's own, the first over later ones; one that is perhaps the report's over none.
    fn note(&mut self, said: Said) {
        let stays = match (&*self, &said) {
            (Said::Nothing, _) => false,
            (Said::Own, said) => !said.is_surely_other(),
            (Said::Other(_), _) => self.is_surely_other() || said == Said::Nothing,
        };
        if !stays {
            *self = said;
        }
    }

    fn is_surely_other(&self) -> bool {
        self.other().is_some_and(|scope| !scope.kind.is_perhaps_own())
    }

    /// What holds when this is said after `before`.
    fn after<'s>(&'s self, before: &'s Said) -> &'s Said {
        if matches!(self, Said::Nothing) { before } else { self }
    }

    fn other(&self) -> Option<&Scope> {
        match self {
            Said::Other(scope) => Some(scope),
            Said::Own | Said::Nothing => None,
        }
    }
}

/// Both sides of the scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spoken {
    /// Whose number.
    pub(super) whose: Said,
    /// Which period's.
    pub(super) when: Said,
    /// A period that is compared with, which says nothing of the clauses behind: 比上年同期增加170%.
    pub(super) compared: Said,
}

impl Spoken {
    /// Makes this what holds from here on, where it says something.
    pub(super) fn hold(self, before: &mut Spoken) {
        if self.whose != Said::Nothing {
            before.whose = self.whose;
        }
        if self.when != Said::Nothing {
            before.when = self.when;
        }
    }

    /// The scope other than the report's own: another period says more than another body.
    pub(super) fn scope(&self) -> Option<&Scope> {
        self.when.other().or_else(|| self.whose.other())
    }

    /// What holds once this is said after `before`.
    pub(super) fn over(&self, before: &Spoken) -> Spoken {
        let is_compared = self.when.other().is_none() && self.compared.other().is_some();
        let when = if is_compared { &self.compared } else { self.when.after(&before.when) };
        Spoken { whose: self.whose.after(&before.whose).clone(), when: when.clone(), compared: Said::Nothing }
    }
}

/// Symbols that say whose or which period's a number is.
#[derive(Debug)]
pub(super) struct ScopeWords {
    wide: char,
    system: char,
    office: char,
    own_level: char,
    elsewhere: char,
    time_other: char,
    time_part: char,
    since: char,
    last_year: char,
    own: char,
    time_own: char,
    carry: char,
    pending: char,
    fill: char,
    and: char,
    total_word: char,
    none: char,
    share_of: char,
    for_others: char,
}

impl ScopeWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let of = |name| lexicon.symbol_of(name);
        ScopeWords {
            wide: of("wide"),
            system: of("system"),
            office: of("office"),
            own_level: of("own_level"),
            elsewhere: of("elsewhere"),
            time_other: of("time_other"),
            time_part: of("time_part"),
            since: of("since"),
            last_year: of("last_year"),
            own: of("own"),
            time_own: of("time_own"),
            carry: of("carry"),
            pending: of("pending_word"),
            fill: of("fill"),
            and: of("and"),
            total_word: of("total_word"),
            none: of("none"),
            share_of: of("share_of"),
            for_others: of("for_others"),
        }
    }

    /// Whether a word names a part of a year: 上半年.
    pub(super) fn is_part_of_year(&self, word: char) -> bool {
        word == self.time_part
    }

    /// Whether a word names the report's year: 今年.
    pub(super) fn is_own_time(&self, word: char) -> bool {
        word == self.time_own
    }

    /// Whether a word names the year before: 去年.
    pub(super) fn is_last_year(&self, word: char) -> bool {
        word == self.last_year
    }

    /// Whether a word names a body of any kind.
    pub(super) fn is_of_a_body(&self, word: char) -> bool {
        [self.office, self.own_level, self.elsewhere, self.wide, self.own, self.system, symbol::ORGAN].contains(&word)
    }

    /// Whether a word names the report's own body: 我局.
    pub(super) fn is_own(&self, word: char) -> bool {
        word == self.own
    }

    /// Whether a word names other bodies: 各分局.
    pub(super) fn is_body(&self, word: char) -> bool {
        word == self.elsewhere || word == symbol::ORGAN
    }

    /// The scope that the words of a clause give, those inside the match of a pattern left out;
    /// the name of a web site (区政府官网) gives none.
    pub(super) fn of_clause(
        &self,
        tokens: &[Token],
        (text, words): (&str, &ClaimWords),
        (organ, is_of_own_level): (&Organ, bool),
    ) -> Spoken {
        let mut spoken = Spoken::default();
        for (i, token) in tokens.iter().enumerate() {
            let when = self.when(tokens, i, text, words).map(|said| {
                (if is_compared(token, text, words) { &mut spoken.compared } else { &mut spoken.when }, said)
            });
            let whose = || match is_of_own_level && token.symbol == self.wide {
                true => Some(Said::other_than_own(&text[token.range.clone()], ScopeKind::Other)),
                false => self.whose(tokens, i, text, organ),
            };
            let said = when.or_else(|| Some((&mut spoken.whose, whose()?)));
            if let Some((side, said)) = said.filter(|_| !words.sites.begin(&text[token.range.end..])) {
                side.note(said);
            }
        }
        spoken
    }

    /// What a word says of the period.
    fn when(&self, tokens: &[Token], i: usize, text: &str, words: &ClaimWords) -> Option<Said> {
        let token = &tokens[i];
        let said = |kind| Some(Said::other_than_own(&text[token.range.clone()], kind));
        match token.symbol {
            s if s == self.time_part => said(ScopeKind::Narrower),
            // 历年, 近两年: of more than the year.
            s if s == self.time_other => said(ScopeKind::Other),
            // 今年以来 is the year, and so is 2022年以来 in a report on 2022.
            s if s == self.since && i > 0 && [self.time_own, symbol::YEAR_OWN].contains(&tokens[i - 1].symbol) => {
                Some(Said::Own)
            }
            s if s == self.since => said(ScopeKind::Other),
            // 2021年，…，当年共收到申请50件: of that year.
            s if s == self.time_own && words.that_year.has(&text[token.range.clone()]) => None,
            s if s == self.time_own => Some(Said::Own),
            s if s == self.last_year
                && (i == 0 || is_compared(token, text, words) && is_set_beside(tokens, i, text))
                && !self.is_carried(tokens, i) =>
            {
                said(ScopeKind::Other)
            }
            // 2022、2023年共收到, 2022/2023年
            symbol::YEAR_OWN | symbol::YEAR_LAST | symbol::YEAR_NEXT | symbol::YEAR_OTHER
                if is_span(&text[..token.range.start]) =>
            {
                said(ScopeKind::Other)
            }
            symbol::YEAR_OWN => Some(Said::Own),
            symbol::YEAR_LAST | symbol::YEAR_NEXT | symbol::YEAR_OTHER
                if self.governs(tokens, i, text, words) && !self.is_carried(tokens, i) =>
            {
                said(ScopeKind::Other)
            }
            _ => None,
        }
    }

    /// 配合市政府办协查6件: whether a clause is about work for a body that it names.
    pub(super) fn works_for_a_body(&self, tokens: &[Token]) -> bool {
        let bodies = [self.office, self.own_level, symbol::ORGAN];
        let next = |at: usize| tokens[at + 1..].iter().find(|t| t.symbol != self.fill);
        let mut works = tokens.iter().enumerate().filter(|(_, t)| t.symbol == self.for_others);
        works.any(|(at, _)| next(at).is_some_and(|next| bodies.contains(&next.symbol)))
    }

    /// What a word says of the body.
    fn whose(&self, tokens: &[Token], i: usize, text: &str, organ: &Organ) -> Option<Said> {
        let word = &text[tokens[i].range.clone()];
        let said = |kind| Some(Said::other_than_own(word, kind));
        // 占全市的10%: the body of the base.
        if tokens[..i].iter().rfind(|t| t.symbol != self.fill).is_some_and(|t| t.symbol == self.share_of) {
            return None;
        }
        // 县政府, 渠溪县教育局 in a report of nobody knows whom; 我局 is whose it is.
        let names_body = [self.office, self.own_level, self.elsewhere, symbol::ORGAN].contains(&tokens[i].symbol)
            || tokens[i].symbol == self.own && word.contains("政府");
        // A name that is none is as good as no name: 政务公开.
        let is_nobody = || word.contains("政府") && !organ.name.contains("政府");
        if organ.kind == OrganKind::Unknown
            && names_body
            && (organ.name.is_empty() || is_nobody())
            && !self.is_listed(tokens, i)
        {
            return said(ScopeKind::PerhapsOther);
        }
        match tokens[i].symbol {
            s if (s == self.own || s == self.wide) && self.is_of_departments(tokens, i, text) => {
                said(ScopeKind::PerhapsNarrower)
            }
            // 县人民政府, in a report of the county that may hold its departments too.
            s if s == self.own && is_bare_government(word, organ) => said(ScopeKind::PerhapsNarrower),
            s if s == self.own => Some(Said::Own),
            s if s == self.system => said(ScopeKind::Other),
            s if s == self.wide => wide_scope(word, organ).map_or(Some(Said::Own), said),
            s if [self.office, self.own_level].contains(&s) => office_scope(word, organ).and_then(said),
            // 全区各职能部门、镇街共收到: the parts of the whole, all of them.
            s if s == self.elsewhere && self.is_listed(tokens, i) => None,
            s if s == self.elsewhere && !is_same_organ(word, organ) => said(ScopeKind::Narrower),
            symbol::ORGAN if !is_same_organ(word, organ) => said(ScopeKind::Narrower),
            _ => None,
        }
    }

    /// Whether a word stands in a list of bodies that begins with the whole: 全市各级各部门、各乡镇; 全县各乡镇、各部门.
    fn is_listed(&self, tokens: &[Token], at: usize) -> bool {
        let before = &tokens[..at];
        before.iter().any(|t| t.symbol == self.wide)
            && before.iter().all(|t| t.number.is_none())
            && (before.last().is_some_and(|t| self.joins(t)) || self.goes_on(tokens, at))
    }

    /// Whether a list of bodies goes on behind a word.
    fn goes_on(&self, tokens: &[Token], at: usize) -> bool {
        let is_body = |t: &Token| [self.elsewhere, self.wide, symbol::ORGAN].contains(&t.symbol);
        let mut next = tokens[at + 1..].iter().filter(|t| t.symbol != symbol::PAREN);
        next.next().is_some_and(|t| self.joins(t)) && next.next().is_some_and(is_body)
    }

    fn joins(&self, token: &Token) -> bool {
        token.symbol == symbol::SEPARATOR || token.symbol == self.and
    }

    /// 全县各部门, 我县各部门: perhaps without its townships, unless the list goes on with them; 全县各级各部门 and
    /// 全县各单位 are all.
    fn is_of_departments(&self, tokens: &[Token], at: usize, text: &str) -> bool {
        let next = tokens.get(at + 1).filter(|t| t.symbol == self.wide && t.range.start == tokens[at].range.end);
        next.is_some_and(|t| {
            let word = &text[t.range.clone()];
            word.starts_with('各')
                && word.ends_with("部门")
                && !word.starts_with("各级")
                && !self.goes_on(tokens, at + 1)
        })
    }

    /// A year governs its clause when it opens it, alone or after words that say nothing of their own, and where a heading
    /// ran into it: 政府信息管理情况2021年我局共制定. 结转2024年办理 says where something goes.
    fn governs(&self, tokens: &[Token], at: usize, text: &str, words: &ClaimWords) -> bool {
        // （二）依申请公开2022年: the number of an item aside.
        let item = tokens[..at].iter().take_while(|t| t.symbol == symbol::PAREN).count();
        let opens =
            at == item || at == item + 1 && tokens[item].symbol != symbol::UNKNOWN && tokens[item].symbol != self.carry;
        let begins = |t: &Token| [self.own, self.wide, self.total_word].contains(&t.symbol);
        // 已于2023年1月答复, in a report on 2022: what comes after says nothing of the number.
        let is_next = tokens[at].symbol == symbol::YEAR_NEXT;
        // 相比于2022年 says nothing of the number either.
        let before = &text[..tokens[at].range.start];
        let is_within = || !is_compared(&tokens[at], text, words) && before.ends_with(['于', '在']);
        // （二）依申请公开情况2022年收到
        let is_behind_a_heading = || item > 0 && words.label_ends.end(before);
        opens || is_behind_a_heading() || !is_next && (tokens.get(at + 1).is_none_or(begins) || is_within())
    }

    /// 上年结转, 2021年结转的, 上年未办结: what was carried over, not another year's number.
    pub(super) fn is_carried(&self, tokens: &[Token], at: usize) -> bool {
        let is_left = |t: &Token| t.symbol == self.carry || t.symbol == self.pending;
        // 上年无结转
        let says_nothing = |t: &&Token| t.symbol != self.fill && t.symbol != self.none;
        tokens[at + 1..].iter().find(says_nothing).is_some_and(is_left)
    }
}

/// Whether the words before a year end with an earlier year and a mark: 2021-, 2021年至, 2021/.
pub(super) fn is_span(before: &str) -> bool {
    let before = before.trim_end();
    let first = before.trim_end_matches(['-', '—', '–', '～', '~', '至', '到', '、', '/', '和', '与', '及']);
    let year = first.trim_end_matches('年');
    first.len() < before.len() && year.chars().rev().take_while(char::is_ascii_digit).count() == 4
}

/// 本报告仅统计本级; 本报告数据为市政府本级（不含县区、部门）数据: whether a government says that its report is of its own level
/// alone, so that the numbers of 全市 are more.
pub(super) fn is_of_own_level(organ: &Organ, prose: &str, words: &ClaimWords) -> bool {
    let says_so = |line: &str| line.split('。').any(|sentence| is_on_own_level(sentence, words));
    let may_say = || words.own_levels.iter().any(|word| memmem::find(prose.as_bytes(), word.as_bytes()).is_some());
    organ.kind == OrganKind::Area && may_say() && prose.lines().any(says_so)
}

/// Whether a sentence says that the report has nothing but the own level: 本级及17个乡镇 is more, and 行政处罚数据 are some.
fn is_on_own_level(sentence: &str, words: &ClaimWords) -> bool {
    /// 仅反映市政府
    const NEAR: usize = 8;
    /// （不含各县、区和部门）
    const BEHIND: usize = 12;
    if !words.tells_of_the_report.stand_in(sentence) || words.beside_own_level.stand_in(sentence) {
        return false;
    }
    let is_mark = |c: char| matches!(c, '，' | ',' | '、' | '；' | '：');
    words.own_levels.found_in(sentence).any(|(at, word)| {
        let mut before: Vec<char> = sentence[..at].chars().rev().take(NEAR).take_while(|c| !is_mark(*c)).collect();
        before.reverse();
        let before: String = before.into_iter().collect();
        let behind: String = sentence[at + word.len()..].chars().take(BEHIND).collect();
        // 不仅本级
        let is_only = words.only.found_in(&before).any(|(from, _)| !before[..from].ends_with('不'));
        let leaves_out =
            |(from, left_out): (usize, &str)| words.bodies_below.stand_in(&behind[from + left_out.len()..]);
        is_only || before.contains('为') && words.leaving_out.found_in(&behind).any(leaves_out)
    })
}

/// 比上年同期, 相比于2022年: whether a word is only what something is compared with.
fn is_compared(token: &Token, text: &str, words: &ClaimWords) -> bool {
    let before = &text[..token.range.start];
    words.compared_with.end(before)
}

/// 与上年收到申请40件相比: whether the numbers of a clause, none of which stands before its year, are those that the report's are
/// set beside. 收到62件较上年增长55% has its own.
fn is_set_beside(tokens: &[Token], at: usize, text: &str) -> bool {
    let (from, end) = (tokens[at].range.end, tokens.last().map_or(0, |t| t.range.end));
    let Some(beside) = text[from..end].find("相比").map(|place| from + place) else { return false };
    let first = tokens.iter().find(|t| t.number.is_some());
    first.is_some_and(|number| (from..beside).contains(&number.range.start))
}

/// Whether a text that names months means a part of a year: 1至6月, 截至2023年6月底, 截至12月20日; not 1月1日至12月31日.
pub(super) fn is_part_by_months(text: &str) -> bool {
    /// A year counted up to a day before this one is not yet over.
    const LAST_DAYS: u32 = 29;
    let months = text.match_indices('月').filter_map(|(at, _)| Some((at, month_before(&text[..at])?)));
    let months: Vec<(usize, u32)> = months.collect();
    let ends_early = |at: usize| day_after(&text[at..]).is_some_and(|day| day < LAST_DAYS);
    match months.as_slice() {
        [] => false,
        [(at, 12)] => ends_early(*at) || !text[..*at].contains(['截', '至', '到', '-', '—', '～', '~']),
        [.., (at, 12)] if ends_early(*at) => true,
        // 上年12月1日至本年11月30日: no year of a report's.
        [.., (_, last)] => *last != 12,
    }
}

/// The number of the day after 月.
fn day_after(text: &str) -> Option<u32> {
    let rest = text.strip_prefix('月')?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    rest[digits..].starts_with(['日', '号']).then(|| rest[..digits].parse().ok()).flatten()
}

/// The number of a month at the end of a text.
fn month_before(text: &str) -> Option<u32> {
    const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let digit = |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32));
    let value =
        text.chars().rev().map_while(digit).zip([1, 10, 100]).fold(0, |sum, (digit, place)| sum + digit * place);
    let in_words = || NUMERALS.iter().rposition(|n| text.ends_with(n)).map_or(0, |at| at as u32 + 1);
    Some(if value > 0 { value } else { in_words() }).filter(|month| (1..=12).contains(month))
}

/// Levels of an area: 省 over 市 over 县 over 镇.
pub(super) fn rank(text: &str) -> Option<u8> {
    let name = text.trim_end_matches("人民政府").trim_end_matches("办事处").trim_end_matches("管委会");
    let ends = |list: &[&str]| list.iter().any(|e| name.ends_with(e));
    if ends(&["镇", "乡", "街道"]) {
        Some(1)
    } else if ends(&["县", "区", "旗"]) && !ends(&["自治区"]) {
        Some(2)
    } else if ends(&["市", "州", "盟"]) {
        Some(3)
    } else if ends(&["省", "自治区"]) {
        Some(4)
    } else {
        None
    }
}

/// 全县 in the report of the county is its own; in a bureau's it is more, in the province's less.
fn wide_scope(word: &str, organ: &Organ) -> Option<ScopeKind> {
    let Some(area) = word.strip_prefix('全') else {
        // 各级行政机关: all of the area in the area's report, others in a department's or an office's; 各部门 may be all.
        return match organ.kind {
            OrganKind::Department | OrganKind::Office => Some(ScopeKind::Other),
            _ if word.starts_with("各级") => None,
            _ => Some(ScopeKind::PerhapsNarrower),
        };
    };
    if matches!(area, "局" | "委" | "厅" | "院") {
        return (organ.kind == OrganKind::Area).then_some(ScopeKind::Narrower);
    }
    // 全区 in a report of 某某地区行政公署: perhaps the autonomous region.
    if area == "区" && ["行政公署", "行署"].iter().any(|end| organ.name.ends_with(end)) {
        return Some(ScopeKind::PerhapsOther);
    }
    match (organ.kind, rank(area), rank(&organ.name)) {
        (OrganKind::Area | OrganKind::Unknown, Some(said), Some(own)) if said > own => Some(ScopeKind::Other),
        (OrganKind::Area | OrganKind::Unknown, Some(said), Some(own)) if said < own => Some(ScopeKind::Narrower),
        // 全县, in a report of nobody knows whom.
        (OrganKind::Unknown, Some(_), None) => Some(ScopeKind::PerhapsOther),
        (OrganKind::Area | OrganKind::Unknown, ..) => None,
        // A county-level city is 市 and 县 alike; a bureau or an office of it reports for itself.
        (OrganKind::Department | OrganKind::Office, ..) => Some(ScopeKind::Other),
    }
}

/// A government called by the kind of its area alone.
fn is_bare_government(word: &str, organ: &Organ) -> bool {
    // 管委会, in a report of the zone.
    if matches!(word, "管委会" | "管理委员会") {
        return true;
    }
    let area = word.strip_suffix("人民政府").or_else(|| word.strip_suffix("政府"));
    // A township has no departments.
    let has_departments = rank(&organ.name) != Some(1);
    organ.kind == OrganKind::Area && has_departments && area.is_some_and(|area| area.chars().count() == 1)
}

/// The government or its office, and the head office of a bureau.
fn office_scope(word: &str, organ: &Organ) -> Option<ScopeKind> {
    let area = word.find(['省', '市', '县', '区', '州', '旗', '镇']).and_then(|at| {
        let end = at + word[at..].chars().next().map_or(0, char::len_utf8);
        rank(&word[..end])
    });
    let is_government = word.ends_with("政府") && !word.contains("本级") && organ.name.ends_with("政府");
    let own = rank(&organ.name);
    // 市政府办公室, in the report of the office of a county.
    let place = || organ.name.split_once("人民政府").and_then(|(place, _)| rank(place));
    // 区政府 of an autonomous region is its own.
    let area = if own == Some(4) && word.starts_with('区') { own } else { area };
    match (organ.kind, area, own) {
        (OrganKind::Office, Some(said), _) if place().is_some_and(|own| own != said) => Some(ScopeKind::Other),
        (OrganKind::Office | OrganKind::Unknown, ..) => None,
        (OrganKind::Department, ..) if word.ends_with("机关") => Some(ScopeKind::PerhapsNarrower),
        // 向市政府申请复议, in the report of a county.
        (OrganKind::Area, Some(said), Some(own)) if said > own => Some(ScopeKind::Other),
        (OrganKind::Area, Some(1), Some(1)) if is_government => None,
        (OrganKind::Area, Some(said), Some(own)) if said == own && is_government => Some(ScopeKind::PerhapsNarrower),
        (OrganKind::Area | OrganKind::Department, ..) => Some(ScopeKind::Narrower),
    }
}

fn is_same_organ(word: &str, organ: &Organ) -> bool {
    organ.name.contains(word)
        || word.contains(organ.name.as_str()) && !organ.name.is_empty()
        || is_short_for(word, &organ.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_tell_parts_of_a_year() {
        for part in [
            "2023年1至6月",
            "截至2023年6月底",
            "截至12月20日",
            "2023年1月1日至12月20日",
            "１—１０月",
            "三月",
            "12月",
            "截至11月30日",
            "2023年十月",
            "12月收到",
            "上年12月1日至本年11月30日",
        ] {
            assert!(is_part_by_months(part), "{part}");
        }
        for whole in
            ["2023年1月1日至12月31日", "1-12月", "截至12月底", "为期3个月", "每月", "2023年", "截至十二月三十一日"]
        {
            assert!(!is_part_by_months(whole), "{whole}");
        }
    }
}
