//! The frame of every page: says what it is, escapes what it shows.

use actix_web::{HttpResponse, http::StatusCode};

/// A page with a title and an already escaped body.
pub fn page(status: StatusCode, title: &str, body: &str) -> HttpResponse {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} (demo)</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <p class=\"demo\" role=\"note\"><strong>Demo.</strong> This is a local stand-in for Discord. \
         No real account is used, nothing leaves this machine.</p>\n<main>\n<h1>{title}</h1>\n{body}\n\
         </main>\n</body>\n</html>\n"
    );
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html)
}

/// Text as it may stand in HTML and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

const STYLE: &str = "
:root{color-scheme:light dark;--ground:#eef0f4;--card:#fff;--ink:#1d2129;--soft:#5a6270;--line:#cfd4dd;--accent:#3d5afe}
@media (prefers-color-scheme:dark){:root{--ground:#15171c;--card:#20242c;--ink:#eceff4;--soft:#a3abba;--line:#3a404c;--accent:#8c9eff}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
.demo{margin:0;padding:.6rem 1rem;background:#ffd54f;color:#241c00;text-align:center}
main{max-width:32rem;margin:2rem auto;padding:1.5rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 .5rem;font-size:1.4rem}h2{font-size:1rem;margin:1.25rem 0 .5rem}p{margin:.5rem 0}
fieldset{border:0;margin:1rem 0;padding:0}legend{font-weight:600;padding:0;margin-bottom:.5rem}
label.person{display:flex;gap:.75rem;align-items:center;padding:.55rem .75rem;border:1px solid var(--line);border-radius:.5rem;margin-bottom:.4rem;cursor:pointer;overflow-wrap:anywhere}
label.person:has(input:checked){border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
label.person img{width:2rem;height:2rem;border-radius:50%}label.person small{color:var(--soft);display:block}
select{width:100%;font:inherit;padding:.5rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:inherit}
ul{padding-left:1.2rem}code{overflow-wrap:anywhere}.soft{color:var(--soft)}
.actions{display:flex;gap:.75rem;justify-content:flex-end;margin-top:1.25rem}
button{font:inherit;font-weight:600;padding:.55rem 1.1rem;border-radius:.5rem;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:#fff}
@media (prefers-color-scheme:dark){button.primary{color:#10131a}}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
";
