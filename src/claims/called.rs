//! By what names a report may call its own organ: its full name, without the areas before it, and the usual short forms.

use crate::dictionary::ClaimWords;

/// Shorter names (characters) are words of other meanings too.
const SHORTEST: usize = 3;
/// What the names of areas end with.
pub(super) const AREAS: [char; 8] = ['省', '市', '县', '区', '旗', '州', '盟', '镇'];

/// The names, the longest first, from the name in the title.
pub(super) fn called(name: &str, words: &ClaimWords) -> Vec<String> {
    let pairs = words.short_forms.iter().map(|form| (form.long.as_str(), form.short.as_str()));
    let forms: Vec<(&str, &str)> = pairs.filter(|(long, _)| name.contains(long)).collect();
    let whole = with_short_forms(name, &forms);
    let seated: Vec<String> =
        std::iter::once(name).chain(whole.iter().map(String::as_str)).flat_map(|n| with_seats(n, words)).collect();
    let is_of_kind = |kind: &&String| {
        let mut ends = whole.iter().chain(&seated).map(String::as_str).chain([name]);
        ends.any(|n| n.ends_with(kind.as_str()) && n != kind.as_str())
    };
    let kinds = words.own_kinds.iter().filter(is_of_kind);
    let mut names = names_after_areas(name);
    names.extend(names_of_branch(name));
    // 县 of 澜浦县: 县政府 may be the government itself, without its departments.
    names.retain(|name| name.chars().nth(1).is_some());
    let shortened: Vec<String> = names.iter().flat_map(|name| with_short_forms(name, &forms)).collect();
    names.extend(whole.iter().cloned().chain(shortened));
    let others: Vec<String> = names.iter().flat_map(|name| with_seats(name, words)).collect();
    names.extend(others);
    names.retain(|name| name.chars().count() >= SHORTEST && !words.seats.contains(name));
    names.extend(kinds.cloned());
    let of_itself = words.self_forms.iter().filter(|form| name.ends_with(form.long.as_str()));
    names.extend(of_itself.map(|form| form.short.clone()));
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

/// 梁州市清溪街道办事处: also 清溪街道办事处, and 市自然资源局 of 梁州市自然资源局.
fn names_after_areas(name: &str) -> Vec<String> {
    let mut names = vec![name.to_string()];
    for (at, c) in name.char_indices().skip(1).filter(|(_, c)| AREAS.contains(c)) {
        names.extend([name[at..].to_string(), name[at + c.len_utf8()..].to_string()]);
    }
    names
}

/// 渠溪调查队 of 国家统计局渠溪调查队, 青泉分局 of 渠溪市公安局青泉分局, and 青泉公安分局.
fn names_of_branch(name: &str) -> Vec<String> {
    const BODY: char = '局';
    let Some((whole, branch)) = name.split_once(BODY).filter(|(_, branch)| branch.chars().count() >= SHORTEST) else {
        return Vec::new();
    };
    let matter = whole.rsplit(AREAS).next().unwrap_or_default();
    let joined = branch.strip_suffix("分局").map(|place| format!("{place}{matter}分局"));
    std::iter::once(branch.to_string()).chain(joined).collect()
}

/// 经开区管委会 of 渠溪经济技术开发区管理委员会: from where a part begins that has a short form, with the short forms.
fn with_short_forms(name: &str, forms: &[(&str, &str)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (long, short) in forms {
        let so_far = names.clone();
        for name in std::iter::once(name).chain(so_far.iter().map(String::as_str)) {
            if let Some(at) = name.find(long) {
                let rest = &name[at..];
                names.extend([rest.to_string(), name.replacen(long, short, 1), rest.replacen(long, short, 1)]);
            }
        }
        names.sort_unstable();
        names.dedup();
    }
    names
}

/// A name with and without what governments are called: 龙山镇人民政府 and 龙山镇, 新城街道 and 新城街道办事处.
fn with_seats(name: &str, words: &ClaimWords) -> Vec<String> {
    // 镇政府: townships have no departments, so that it is all of them.
    if let Some(bare) = name.strip_suffix("人民政府").filter(|bare| bare.ends_with(['镇', '乡'])) {
        return vec![bare.to_string(), format!("{bare}政府")];
    }
    if let Some(bare) = words.seats.iter().find_map(|seat| name.strip_suffix(seat.as_str())) {
        // 新城街道办事处 less 街道办事处 is no name.
        return if name.ends_with("街道办事处") { vec![format!("{bare}街道")] } else { vec![bare.to_string()] };
    }
    match name {
        name if name.ends_with("街道") => vec![format!("{name}办事处")],
        name if name.ends_with(AREAS) || name.ends_with('乡') => {
            vec![format!("{name}人民政府"), format!("{name}政府")]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn names(title: &str) -> Vec<String> {
        called(title, &Dictionary::built_in().patterns.claim_words)
    }

    #[test]
    fn names_with_and_without_areas_and_seats() {
        for (title, called) in [
            ("梁州市清溪街道办事处", &["清溪街道办事处", "清溪街道", "梁州市清溪街道", "办事处"][..]),
            ("龙湾镇人民政府", &["龙湾镇人民政府", "龙湾镇", "龙湾镇政府", "镇政府"]),
            ("梁州市", &["梁州市", "梁州市人民政府"]),
            ("梁州市自然资源局", &["梁州市自然资源局", "市自然资源局", "自然资源局"]),
            ("梁州市清溪街道", &["清溪街道", "清溪街道办事处"]),
            ("渠溪经济技术开发区管理委员会", &["经开区", "经开区管委会", "开发区", "管委会", "渠溪经开区"]),
            ("渠溪高新技术产业开发区管委会城市管理局", &["高新区城市管理局", "高新区管委会城市管理局"]),
            ("渠溪市公安局青泉区分局", &["青泉区分局", "青泉区公安分局", "分局"]),
            ("国家统计局渠溪调查队", &["渠溪调查队", "调查队"]),
            ("渠溪市综合行政执法局", &["市执法局", "市综合执法局"]),
            ("青泉海关", &["青泉海关", "我关"]),
        ] {
            let names = names(title);
            for name in called {
                assert!(names.iter().any(|n| n == name), "{name} of {title}: {names:?}");
            }
            assert!(!names.iter().any(|n| n == "人民政府" || n == "街道"), "{names:?}");
        }
    }

    #[test]
    fn what_the_organ_belongs_to_is_none_of_its_names() {
        for (title, other) in [
            ("渠溪高新技术产业开发区管委会城市管理局", "高新区"),
            ("渠溪高新技术产业开发区管委会城市管理局", "管委会"),
            ("渠溪市公安局青泉区分局", "市公安局"),
            ("渠溪市公安局", "分局"),
            ("青泉区人民政府", "办事处"),
            ("渠江省消防救援总队", "支队"),
        ] {
            assert!(!names(title).iter().any(|n| n == other), "{other} of {title}");
        }
    }
}
