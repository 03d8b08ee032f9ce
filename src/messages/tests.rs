//! What Discord makes of a text, case by case: the tree is written down in short, so that a table can be read.

use askama::Template as _;

use super::*;
use crate::web::words::Words;

struct Known;

impl Names for Known {
    fn mention(&self, mention: Mention<'_>) -> Option<String> {
        Some(match mention {
            Mention::Member("1") => "@Mira".into(),
            Mention::Role("2") => "@Crew".into(),
            Mention::Channel("3") => "#general".into(),
            Mention::Command(name) => format!("/{name}"),
            Mention::Guide(guide) => format!("{guide:?}"),
            _ => return None,
        })
    }

    fn moment(&self, seconds: i64, style: char) -> Option<Moment> {
        "tTdDfFRsS".contains(style).then(|| Moment {
            text: format!("{style}{seconds}"),
            machine: String::new(),
            exact: String::new(),
        })
    }
}

/// `{user}` is a mention, `{prize}` is full of signs.
fn fill(rest: &str) -> Option<Filled> {
    let filled = |name: &str, text: &str, mention| {
        rest.starts_with(name).then(|| Filled { instead_of: name.len(), text: text.to_owned(), mention })
    };
    filled("{user}", "@Mira", true).or_else(|| filled("{prize}", "*a_b* `c` <@1> https://x.y # ", false))
}

pub(super) const INK: Ink<'static> = Ink { fill: &fill, names: &Known };

fn content(text: &str) -> Content {
    INK.content(text, CONTENT)
}

/// Pieces as `[bi:text]`: b bold, i italic, u underlined, s struck, h hidden, l link; `code`, @mention, emoji, time, host
/// by a sign in front.
fn short(line: &Line) -> String {
    line.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    let marks = piece.marks;
    let letters = [
        (marks.is_bold(), 'b'),
        (marks.is_italic(), 'i'),
        (marks.is_underlined(), 'u'),
        (marks.is_struck(), 's'),
        (marks.is_hidden(), 'h'),
        (marks.is_link(), 'l'),
    ];
    let letters: String = letters.into_iter().filter_map(|(on, letter)| on.then_some(letter)).collect();
    let text = match &piece.kind {
        Kind::Text => piece.text.clone(),
        Kind::Code => format!("CODE {}", piece.text),
        Kind::Shaded(shade) => format!("{} {}", shade.class(), piece.text),
        Kind::Mention => format!("AT {}", piece.text),
        Kind::Emoji(id) => format!("EMOJI {id} {}", piece.text),
        Kind::Time { .. } => format!("TIME {}", piece.text),
        Kind::Host => format!("HOST {}", piece.text),
    };
    if letters.is_empty() && piece.kind == Kind::Text { text } else { format!("[{letters}:{text}]") }
}

fn lines(lines: &[Line]) -> String {
    lines.iter().map(short).collect::<Vec<_>>().join("/")
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" | ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(text) => lines(text),
        Block::Heading(level, text) => format!("H{level}({})", lines(text)),
        Block::Small(text) => format!("SMALL({})", lines(text)),
        Block::Quote(inside) => format!("QUOTE({})", blocks(inside)),
        Block::List(one) => list(one),
        Block::Code { language, lines: text } => format!("CODE:{language}({})", lines(text)),
    }
}

fn list(one: &List) -> String {
    let items = one.items.iter().map(|item| {
        let inside: String = item.inside.iter().map(list).collect();
        format!("<{}{inside}>", lines(&item.lines))
    });
    let items: String = items.collect();
    one.first.map_or(format!("UL{items}"), |first| format!("OL{first}{items}"))
}

fn all(table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(typed, expected)| (typed, blocks(&content(typed).blocks), expected))
        .filter(|(_, drawn, expected)| drawn != *expected)
        .collect();
    assert!(wrong.is_empty(), "typed, drawn, expected: {wrong:#?}");
}

#[test]
fn marks_are_read_as_discord_reads_them() {
    all(&[
        ("a **b** c", "a [b:b] c"),
        ("*i* _j_ __u__ ~~s~~ ||h||", "[i:i] [i:j] [u:u] [s:s] [h:h]"),
        ("***both*** ___two___", "[bi:both] [iu:two]"),
        ("**a *b* c**", "[b:a ][bi:b][b: c]"),
        ("*a **b** c*", "[i:a ][bi:b][i: c]"),
        ("***a** b*", "[bi:a][i: b]"),
        ("***a* b**", "[bi:a][b: b]"),
        ("**__~~||x||~~__**", "[bush:x]"),
        ("**a *b** c*", "[b:a *b] c*"),
        ("**a\nb**", "[b:a]/[b:b]"),
        ("**a\n\nb**", "[b:a]//[b:b]"),
        ("snake_case_name 2 * 3 * 4 _ a _", "snake_case_name 2 * 3 * 4 _ a _"),
        ("snake__case__name 2*3*4", "snake[u:case]name 2[i:3]4"),
        ("**open, ~~open, __open, ||open", "**open, ~~open, __open, ||open"),
        ("**** |||| ~~~a~~~ ****a****", "**** |||| ~~~a~~~ ****a****"),
        ("||a||||b||", "[h:ab]"),
        ("\\*not\\* \\_this\\_ \\\\ \\a", "*not* _this_ \\ \\a"),
        ("¯\\_(ツ)_/¯", "¯_(ツ)_/¯"),
        ("**{prize}**", "[b:*a_b* `c` <@1> https://x.y # ]"),
        ("{prize}", "*a_b* `c` <@1> https://x.y # "),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ]);
}

#[test]
fn code_holds_what_was_typed_and_nothing_in_it_means_anything() {
    all(&[
        ("`a *b* <@1>` ``c ` d`` `` ` ``", "[:CODE a *b* <@1>] [:CODE c ` d] [:CODE `]"),
        ("**`a`**", "[b:CODE a]"),
        ("**a `b** c`", "**a [:CODE b** c]"),
        ("`{user}` `open", "[:CODE @Mira] `open"),
        ("```\na\n  *b*\n```", "CODE:(a/  *b*)"),
        ("```rust\nfn main() {}\n```after", "CODE:rust([:word fn] [:name main]() {}) | after"),
        (
            "```js\n/* a\nb */ x = \"c\" + 1\n```",
            "CODE:js([:comment /* a]/[:comment b */] x = [:text \"c\"] + [:value 1])",
        ),
        ("```JSON\n{\"a\": true}\n```", "CODE:JSON({[:name \"a\"]: [:value true]})"),
        ("```brainfuck\n+[>+]\n```", "CODE:brainfuck(+[>+])"),
        ("before ```not a name\nx``` after", "before  | CODE:(not a name/x) |  after"),
        ("```one```", "CODE:(one)"),
        ("``` ```", "CODE:( )"),
        ("```open\n# a", "```open | H1(a)"),
        ("> ```js\n> a\n> ```\nb", "QUOTE(CODE:js(a)) | b"),
    ]);
}

#[test]
fn lines_become_headings_quotes_small_text_and_paragraphs() {
    all(&[
        ("# a\n## **b**\n### c\n#### d\n#e", "H1(a) | H2([b:b]) | H3(c) | #### d/#e"),
        ("a\n# b\n\nc\n\n\nd", "a | H1(b) | c///d"),
        ("-# small *a*\nb", "SMALL(small [i:a]) | b"),
        ("# \n-# ", "# /-# "),
        ("> a\n> **b**\nc", "QUOTE(a/[b:b]) | c"),
        ("> > a", "QUOTE(> a)"),
        ("> # a\n> - b", "QUOTE(H1(a) | UL<b>)"),
        ("a\n>>> b\n\nc\n> d", "a | QUOTE(b//c/> d)"),
        (">a >> b", ">a >> b"),
        ("\\# a\n\\> b\n\\- c", "# a/> b/- c"),
        ("{prize}\n# {prize}", "*a_b* `c` <@1> https://x.y #  | H1(*a_b* `c` <@1> https://x.y #)"),
        ("", ""),
        ("  \n ", ""),
    ]);
}

#[test]
fn lists_nest_and_count_from_their_first_number() {
    all(&[
        ("- a\n* b\n- c", "UL<a><b><c>"),
        ("3. a\n9. b", "OL3<a><b>"),
        ("- a\n  - b\n    1. c\n  - d\n- e", "UL<aUL<bOL1<c>><d>><e>"),
        ("- a\n  goes *on\n  here*\n- b", "UL<a/goes [i:on]/[i:here]><b>"),
        ("- a\n1. b", "UL<a> | OL1<b>"),
        ("  - a\n- b", "UL<a><b>"),
        ("-a\n- \n1.b\n1234567890. c", "-a/- /1.b/1234567890. c"),
        ("a\n- **b**\nc", "a | UL<[b:b]> | c"),
    ]);
}

#[test]
fn links_look_like_links_and_name_their_host() {
    all(&[
        ("[docs](https://a.example/b?c=d)", "[l:docs][:HOST a.example]"),
        ("[**b** c](<https://a.example>) d", "[bl:b][l: c][:HOST a.example] d"),
        ("**[a](https://b.example)**", "[bl:a][b:HOST b.example]"),
        ("[https://good.example](https://evil.example)", "[[l:https://good.example]]([l:https://evil.example])"),
        ("[x](javascript:alert(1)) [y](https://) [z](//a)", "[x](javascript:alert(1)) [y](https://) [z](//a)"),
        ("[a] (https://b.example) [](https://c)", "[a] ([l:https://b.example]) []([l:https://c])"),
        ("see https://a.example/b_c_d. Or", "see [l:https://a.example/b_c_d]. Or"),
        ("(https://a.example/x) **https://b.example**", "([l:https://a.example/x]) [bl:https://b.example]"),
        ("<https://a.example/b_c_d>", "[l:https://a.example/b_c_d]"),
        ("xhttps://a.example http:// https://", "xhttps://a.example http:// https://"),
        ("[a](https://é.example)", "[l:a][:HOST xn--9ca.example]"),
    ]);
}

#[test]
fn mentions_emojis_and_times_stand_for_something() {
    all(&[
        ("<@1> <@!1> <@&2> <#3>", "[:AT @Mira] [:AT @Mira] [:AT @Crew] [:AT #general]"),
        ("{user}{user} **{user}**", "[:AT @Mira][:AT @Mira] [b:AT @Mira]"),
        ("@everyone and @here, @nobody", "[:AT @everyone] and [:AT @here], @nobody"),
        ("</play now:123> <id:browse>", "[:AT /play now] [:AT Browse]"),
        ("<@9> <#x> <@> <id:else> < @1>", "<@9> <#x> <@> <id:else> < @1>"),
        ("a <:wave:816370501973721107> b", "a [:EMOJI 816370501973721107 :wave:] b"),
        ("<a:run:816370501973721107> <:x:1>", "[:EMOJI 816370501973721107 :run:] <:x:1>"),
        ("<t:1> <t:-5:R> <t:1:x> <t:a>", "[:TIME f1] [:TIME R-5] <t:1:x> <t:a>"),
        ("\\<@1> \\@everyone", "<@1> @everyone"),
    ]);
}

#[test]
fn titles_take_marks_and_emojis_and_no_mentions() {
    let title = |text: &str| lines(&INK.lines(text, TITLE));
    assert_eq!(title("# **a** {user} <@1> @here"), "# [b:a] @Mira <@1> @here");
    assert_eq!(title("<:wave:816370501973721107> <t:1:R>"), "[:EMOJI 816370501973721107 :wave:] [:TIME R1]");
    assert_eq!(lines(&INK.plain("**a** {user} <@1>", FOOTER)), "**a** @Mira <@1>");
    assert_eq!((INK.lines("", TITLE), INK.plain("", FOOTER)), (Vec::new(), Vec::new()));
}

#[test]
fn a_message_of_nothing_but_emojis_is_large() {
    for text in ["🎉", "👨‍👩‍👧‍👦 🇻🇳\n❤️", "<:wave:816370501973721107> 🎉", &"🎉".repeat(30)]
    {
        assert!(content(text).large, "{text}");
    }
    for text in ["", "🎉 a", "1", "`🎉`", "# 🎉", "- 🎉", ":tada:", &"🎉".repeat(31)] {
        assert!(!content(text).large, "{text}");
    }
}

#[test]
fn fields_that_may_stand_beside_each_other_do_three_in_a_row() {
    let field = |inline| {
        EmbedField::new(Piece::text("n").into_iter().map(|piece| vec![piece]).collect(), Content::default(), inline)
    };
    let widths = |inline: &[bool]| {
        let fields = Embed::set(inline.iter().map(|inline| field(*inline)));
        fields.iter().map(|field| field.width.class().as_bytes()[0] as char).collect::<String>()
    };
    assert_eq!(widths(&[true, true, true, true]), "tttw");
    assert_eq!(widths(&[true, true, false, true, true, true, true, true]), "hhwttthh");
    assert_eq!(Embed::set([EmbedField::default()].into_iter()), [], "an empty one is none");
}

#[test]
fn marks_are_elements_around_the_text_in_one_order() {
    let drawn = |text: &str| content(text).drawn().render_with_values(&Words::default()).expect("HTML");
    assert_eq!(drawn("***~~a~~***"), "<p dir=\"auto\"><strong><em><s>a</s></em></strong></p>");
    assert_eq!(drawn("a\n<b>"), "<p dir=\"auto\">a<br>&#60;b&#62;</p>");
    let link =
        "<p dir=\"auto\"><span class=\"as-link\">a</span> <span class=\"link-host\">(<bdi>b.example</bdi>)</span></p>";
    assert_eq!(drawn("[a](https://b.example)"), link);
    assert!(
        drawn("> - a").starts_with("<blockquote><ul class=\"said-list\"><li dir=\"auto\">a</li></ul></blockquote>")
    );
    assert!(drawn("<:wave:816370501973721107>").contains("src=\"/cdn/emojis/816370501973721107\" alt=\":wave:\""));
}
