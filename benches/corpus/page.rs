//! A text report as a web page.

/// A text report as a page of a site, in the markup of an office program.
pub(crate) fn page(text: &str) -> String {
    let title = text.lines().next().unwrap_or_default();
    let mut out = format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title>");
    out.push_str("<style>.a{color:#333}</style><script>var site={\"id\":1,\"name\":\"x\"};</script></head><body>");
    let link = |i: usize| {
        format!(
            "<li class=\"item\"><a href=\"/art/2022/{i}.html\" target=\"_blank\">栏目名称之{i}</a><span>2022-01-{:02}</span></li>\n",
            i % 28 + 1
        )
    };
    out.push_str("<div class=\"header\"><ul class=\"nav\">");
    (0..40).for_each(|i| out.push_str(&link(i)));
    out.push_str("</ul></div><div class=\"content\" id=\"zoom\">");
    let mut in_table = false;
    for line in text.lines() {
        let is_row = line.ends_with('|');
        if is_row != in_table {
            out.push_str(if is_row {
                "<table class=\"MsoNormalTable\" border=\"1\" style=\"border-collapse:collapse\"><tbody>"
            } else {
                "</tbody></table>"
            });
            in_table = is_row;
        }
        if is_row {
            row(line, &mut out);
        } else {
            paragraph(line, &mut out);
        }
    }
    out.push_str("</div><div class=\"related\"><ul>");
    (0..30).for_each(|i| out.push_str(&link(i)));
    out.push_str("</ul></div><div class=\"footer\"><p>主办单位：办公室</p></div></body></html>");
    out
}

fn row(line: &str, out: &mut String) {
    out.push_str("<tr style=\"height:22.7pt\">");
    for cell in line.trim_end_matches('|').split('|') {
        out.push_str("<td width=\"64\" valign=\"center\" style=\"width:48.2pt;padding:0pt 5.4pt;border:1.0pt solid windowtext\">");
        out.push_str("<p class=\"MsoNormal\" align=\"center\" style=\"text-align:center;line-height:12.0pt\">");
        out.push_str("<span style=\"font-family:宋体;font-size:10.5pt;mso-font-kerning:1.0pt\">");
        let cell = cell.trim();
        out.push_str(if cell.is_empty() { "<o:p>&nbsp;</o:p>" } else { cell });
        out.push_str("</span></p></td>\n");
    }
    out.push_str("</tr>\n");
}

/// Digits and words in spans of their own.
fn paragraph(line: &str, out: &mut String) {
    out.push_str("<p class=\"MsoNormal\" style=\"text-indent:32.0pt;line-height:28.0pt\">");
    let mut was_digit = None;
    for c in line.chars() {
        let is_digit = c.is_ascii_digit();
        if was_digit != Some(is_digit) {
            if was_digit.is_some() {
                out.push_str("</span>");
            }
            out.push_str(if is_digit {
                "<span lang=\"EN-US\" style=\"font-size:16.0pt\">"
            } else {
                "<span style=\"font-family:仿宋_GB2312;font-size:16.0pt\">"
            });
            was_digit = Some(is_digit);
        }
        out.push(c);
    }
    out.push_str(if was_digit.is_some() { "</span></p>\n" } else { "</p>\n" });
}
