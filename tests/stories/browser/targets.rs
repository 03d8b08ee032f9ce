//! What can be pressed is large enough, and what has the focus is marked and in sight: asked of every page of the tour.

use serde_json::Value;

use super::chromium::Browser;

/// WCAG 2.5.8: 24 pixels each way, or so far from the next one that circles of 24 do not meet; a link in a sentence
/// may be as high as its line. A box and the words that belong to it are one target.
const SMALL: &str = r"
    const LEAST = 23.5;
    const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\'0\']';
    const seen = one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && !one.closest('.vh');
    const grown = one => {
        const boxes = [one, ...(one.labels ?? [])].filter(seen).map(part => part.getBoundingClientRect());
        // A link may be drawn as wide as its card.
        const over = getComputedStyle(one, '::after');
        if (over.position === 'absolute' && over.content !== 'none') boxes.push(one.offsetParent.getBoundingClientRect());
        const left = Math.min(...boxes.map(box => box.left)), top = Math.min(...boxes.map(box => box.top));
        const right = Math.max(...boxes.map(box => box.right)), bottom = Math.max(...boxes.map(box => box.bottom));
        return {one, left, top, right, bottom, width: right - left, height: bottom - top};
    };
    const targets = [...document.querySelectorAll(pressed)].filter(seen).map(grown).filter(box => box.width > 1 && box.height > 1);
    const inSentence = one => {
        if (getComputedStyle(one).display !== 'inline') return false;
        const around = one.closest('p, li, dd, dt, td, th, h1, h2, h3, div, span, caption, label');
        return around && around.textContent.trim().length > one.textContent.trim().length + 1;
    };
    const middle = box => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const isFree = box => targets.every(other => {
        if (other === box || other.one.contains(box.one) || box.one.contains(other.one)) return true;
        const [x, y] = middle(box);
        const across = Math.max(other.left - x, 0, x - other.right), down = Math.max(other.top - y, 0, y - other.bottom);
        return Math.hypot(across, down) >= LEAST / 2;
    });
    return targets.filter(box => (box.width < LEAST || box.height < LEAST) && !inSentence(box.one) && !isFree(box))
        .slice(0, 5).map(box => Math.round(box.width) + ' by ' + Math.round(box.height) + ': ' + box.one.outerHTML.slice(0, 120))
";

/// Gives everything the focus, one after the other, as Tab does.
const UNMARKED: &str = r"
    // What is open over the page is all that can be reached.
    const over = document.querySelector('dialog[open], [popover]:popover-open') ?? document;
    const all = [...over.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
        .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}));
    const wrong = [];
    const before = document.activeElement;
    for (const one of all) {
        one.focus({focusVisible: true});
        if (document.activeElement !== one) continue;
        const box = one.getBoundingClientRect();
        const marks = [one, ...one.querySelectorAll('*')].some(part => [null, '::after'].some(pseudo => {
            const style = getComputedStyle(part, pseudo);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        }));
        if (!marks) wrong.push('not marked: ' + one.outerHTML.slice(0, 120));
        if (box.width < 2 || box.height < 2) continue;
        const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
        const there = document.elementFromPoint(x, y);
        if (box.top < -1 || box.top > innerHeight - 8) wrong.push('out of sight: ' + one.outerHTML.slice(0, 120));
        else if (!(one.contains(there) || there?.contains(one) || [...(one.labels ?? [])].some(words => words.contains(there))))
            wrong.push('under ' + there?.outerHTML.slice(0, 60) + ': ' + one.outerHTML.slice(0, 120));
    }
    before?.focus?.();
    return all.length < (over === document ? 3 : 1) ? ['nothing takes the focus'] : wrong.slice(0, 5);
";

/// Icons that a page shows and the sprite does not have.
const NO_ICON: &str = r"
    const done = arguments[arguments.length - 1];
    const shown = [...document.querySelectorAll('svg use')].map(one => one.getAttribute('href').split('#'));
    const wrong = [];
    Promise.all([...new Set(shown.map(([file]) => file))].map(async file => {
        const sprite = await (await fetch(file)).text();
        for (const [of, name] of shown) if (of === file && !sprite.includes('id=\'' + name + '\'') && !sprite.includes('id=\u0022' + name + '\u0022')) wrong.push(name);
    })).then(() => done(wrong), error => done([String(error)]))
";

impl Browser {
    pub async fn small_targets(&self) -> Vec<String> {
        texts(&self.runs(SMALL).await)
    }

    pub async fn unmarked_focus(&self) -> Vec<String> {
        texts(&self.runs(UNMARKED).await)
    }

    pub async fn missing_icons(&self) -> Vec<String> {
        texts(&self.client.execute_async(NO_ICON, Vec::new()).await.unwrap())
    }
}

fn texts(found: &Value) -> Vec<String> {
    let Some(list) = found.as_array() else { return vec![format!("the page was not asked: {found}")] };
    list.iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
}
