//! HTML in descriptions.

use super::page;

#[test]
fn tags_of_words_become_marks() {
    assert_eq!(page("a <b>b</b> <STRONG>c</STRONG> <i>d</i> <em class='x'>e</em>"), "a **b** **c** _d_ _e_");
    assert_eq!(page("<p>One <code>a_b</code>.</p><p>Two<br/>three</p>"), "One `a_b`.\n\nTwo\n\nthree");
    assert_eq!(page("x<b> y </b>z"), "x **y** z");
    assert_eq!(page("<b>Note:</b>text and <i>in</i>side"), "**Note:** text and _in_ side");
    assert_eq!(page("<b>a<br>b</b>"), "**a**\n\n**b**");
    assert_eq!(page("<b>a <strong>b</strong></b> __<b>c</b>__"), "**a b** **c**");
    assert_eq!(
        page("10<sup>2</sup> m<sup>n+1</sup> x<sup>y</sup> H<sub>2</sub>O a<sub>max</sub>"),
        "10² mⁿ⁺¹ x^y H₂O a\\_max"
    );
    assert_eq!(page("<h2>Head <b>line</b></h2>text"), "**Head line**\n\ntext");
    assert_eq!(page("a <span style=\"x>y\">b</span> c"), "a b c");
}

#[test]
fn broken_tags_stay_readable() {
    assert_eq!(page("<b>open"), "**open**");
    assert_eq!(page("<b>a<i>b</b>c</i>"), "**a*b***c");
    assert_eq!(page("a</b></ul></td> b"), "a b");
    assert_eq!(page("one<p>two<br></br>three"), "one\n\ntwo\n\nthree");
    assert_eq!(page("?code=<code>&state=<state>"), "?code=`<code>`&state=\\<state>");
    assert_eq!(page("<p a=\"b"), "\\<p a=\"b");
    assert_eq!(page("a < b and <c"), "a < b and \\<c");
    assert_eq!(page("see <!-- not this --> that"), "see that");
}

#[test]
fn unknown_tags_stay_text() {
    assert_eq!(page("/users/<id>/<key-name>"), "/users/\\<id>/\\<key-name>");
    assert_eq!(page("<note> <p>x</p> </note>"), "\\<note>\n\nx\n\n\\</note>");
    assert_eq!(page("<script>alert(1)</script>"), "\\<script>alert(1)\\</script>");
}

#[test]
fn code_keeps_its_tags() {
    assert_eq!(page("`<b>x</b>` and ``<br>``"), "`<b>x</b>` and `<br>`");
    assert_eq!(page("```\n<p>x</p>\n```"), "```text\n<p>x</p>\n```");
    assert_eq!(page("<code>&lt;br&gt;</code> <code><id></code>"), "`<br>` `<id>`");
    assert_eq!(page("<code>a*b*c</code> and <code>a <b>b</b></code>"), "`a*b*c` and `a b`");
    assert_eq!(
        page("<pre><code>a &lt; b\n  c<br>d\n\ne</code></pre>\nafter"),
        "```text\na < b\n  c\nd\n\ne\n```\n\nafter"
    );
    assert_eq!(page("text <pre>x\ny</pre> more"), "text\n\n```text\nx\ny\n```\n\nmore");
}

#[test]
fn lists_nest_and_end() {
    assert_eq!(
        page("Has:<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>after"),
        "Has:\n\n- one\n  - two\n- three\n\nafter"
    );
    assert_eq!(page("<ol>\n<li>one\n<li><p>two</p><p>more</p>\n</ol>"), "1. one\n2. two\n\n   more");
    assert_eq!(page("<li>one</li><li>two"), "- one\n- two");
    assert_eq!(page("- a <ul><li>b\n- c"), "- a\n  - b\n- c");
    assert_eq!(page("<ul><li>`a` is <b>b</b></li></ul>"), "- `a` is **b**");
}

#[test]
fn links_lead_to_the_web_or_become_their_text() {
    assert_eq!(
        page("<a href=\"https://x.example/a?b=1&amp;c=2\" target=_blank>the page</a>"),
        "[the page](https://x.example/a?b=1&c=2)"
    );
    assert_eq!(page("<a href='https://x.example/(a) b'>x</a>"), "[x](https://x.example/%28a%29%20b)");
    assert_eq!(page("<a href=\"javascript:alert(1)\">x</a> <a href='/local'>y</a> <a name=z></a>"), "x y");
    assert_eq!(page("<a href=\"https://x.example\">https://x.example</a>"), "<https://x.example>");
    assert_eq!(page("<a href=https://x.example><code>a</code></a>"), "[`a`](https://x.example)");
    assert_eq!(
        page("<p>https://x.example/a and [b](https://x.example/b)</p>"),
        "<https://x.example/a> and [b](https://x.example/b)"
    );
}

#[test]
fn tables_have_a_head() {
    let table = "<table>\n<thead><tr><th>Name</th><th>Use</th></tr></thead>\n<tbody>\n<tr><td>a|b</td><td><ul><li>x</li><li><code>y</code></li></ul></td></tr>\n<tr><td>c\n</table>after";
    assert_eq!(page(table), "| Name | Use |\n|---|---|\n| a\\|b | x; `y` |\n| c |\n\nafter");
    assert_eq!(page("<table><tr><td>a<td>b</table>"), "|  |  |\n|---|---|\n| a | b |");
    assert_eq!(page("<table><caption>All</caption><tr><th>a</table>"), "All\n\n| a |\n|---|");
    assert_eq!(page("<table><tr><td>a<table><tr><td>b</table></td></tr></table>"), "|  |\n|---|\n| a b |");
}

#[test]
fn character_references_are_read() {
    assert_eq!(page("<p>a&nbsp;b &#39;c&#x27; &mdash; &unknown; &</p>"), "a b 'c' — \\&unknown; \\&");
    assert_eq!(page("&lt;p&gt; \\</b> &lt;id&gt;"), "`<p>` `</b>` \\<id>");
}
