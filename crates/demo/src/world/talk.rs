//! What people say in tickets, and what they think of it afterwards. Some of it is what no page must take for markup.

use serde_json::{Value, json};

use super::scene::{Scene, iso};
use super::tickets::Ticket;

/// Longest pause between two messages, in milliseconds.
const PAUSE: u64 = 9 * 60_000;
/// One ticket in so many is a long story.
const LONG_STORIES: u64 = 12;

/// What tickets of a category are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    pub category: &'static str,
    asks: &'static [&'static str],
    answers: &'static [&'static str],
}

pub const CATEGORIES: &[Topic] = &[
    Topic {
        category: "Billing",
        asks: &[
            "I paid for the supporter role twice this month, can you have a look?",
            "My card was charged but I still do not have the role.",
            "Where do I find the receipt for last month?",
        ],
        answers: &[
            "I see both payments. The second one goes back to your card today.",
            "The payment is there, the role was stuck. You should have it now.",
            "It was sent to the address of your shop account. I have sent it again.",
        ],
    },
    Topic {
        category: "Report a member",
        asks: &[
            "Somebody keeps posting scam links in #general.",
            "A member is writing me nasty messages after the regatta.",
            "Can you check the nickname of the person who just joined? 😬",
        ],
        answers: &[
            "Thank you for telling us. They are timed out while we look at it.",
            "That is against rule 3. Do you have a screenshot?",
            "Done. Write here again if it goes on.",
        ],
    },
    Topic {
        category: "Technical help",
        asks: &[
            "The bot does not let me into my own voice room.",
            "I cannot hear the music, everybody else can.",
            "My level is back at 0 since yesterday?!",
        ],
        answers: &[
            "Which room was it, and when?",
            "Try leaving and joining again, the region was changed an hour ago.",
            "That was us: we restored your points, please look again.",
        ],
    },
    Topic {
        category: "Prizes",
        asks: &[
            "I won the giveaway on Friday and nobody has written to me.",
            "Can I give my prize to a friend?",
            "The key does not work, it says it was used.",
        ],
        answers: &[
            "Congratulations! Which of the two games would you like?",
            "Yes, tell me who gets it and I will change the entry.",
            "Sorry for that. Here comes another one by direct message.",
        ],
    },
];

const REPLIES: &[&str] = &[
    "ok, one moment",
    "It works now, thank you!",
    "Still the same, I have tried three times.",
    "That was yesterday evening, about eight.",
    "No worries, take your time ⛵",
    "Ça marche maintenant, merci !",
    "どうもありがとう",
    "**please** hurry, the event starts at _nine_",
    "Here is what I see:\n```\nerror 50013: Missing Permissions\n```",
];

/// As people write it, who try whether it works, and who do not know that it could.
const HOSTILE: &[&str] = &[
    "does this break your page? <script>alert('hi')</script><img src=x onerror=alert(1)>",
    "[click here](javascript:alert(document.cookie)) @everyone ||<b>boo</b>|| {{7*7}} ${7*7}",
    "\u{202e}txet desrever\u{202c} and Z̷͈͐a̸̰͝l̵̫̾g̴͇̈́o̶͉̔ and '; DROP TABLE tickets; --",
    "</div></article><h1>Your session has ended</h1><form action=\"https://evil.example\">",
];

const REVIEWS: &[(u64, &str)] = &[
    (5, "Solved in ten minutes. Thank you!"),
    (5, "Very friendly, and they explained what had gone wrong."),
    (5, "⚓ best crew"),
    (4, "Good answer, I only had to wait a little."),
    (4, "Works now."),
    (3, "It took two days, but it is fixed."),
    (2, "Nobody read what I had written."),
    (1, "<b>closed without an answer!!!</b> & no apology"),
];

const REASONS: &[&str] = &["Solved", "Answered", "No reply for two days", "Duplicate of another ticket", "Refunded"];

impl Default for Topic {
    fn default() -> Self {
        Self { category: "Other", asks: &["Hello?"], answers: &["What can we do for you?"] }
    }
}

impl Topic {
    /// None: nobody here talks about that.
    pub fn named(category: &str) -> Option<Self> {
        CATEGORIES.iter().find(|topic| topic.category == category).copied()
    }
}

/// Why a ticket is closed; often nobody says.
pub fn reason(scene: &mut Scene) -> Option<&'static str> {
    if scene.chance.percent(70) { scene.chance.one(REASONS).copied() } else { None }
}

/// Stars, and sometimes a text.
pub fn rating(scene: &mut Scene) -> (u64, Option<&'static str>) {
    let (stars, review) = scene.chance.one(REVIEWS).copied().unwrap_or((5, ""));
    (stars, scene.chance.percent(75).then_some(review))
}

/// Everything said in a ticket until now, oldest first.
pub fn transcript(scene: &mut Scene, ticket: &Ticket) -> Vec<Value> {
    let mut record = Record { said: Vec::new(), at: ticket.opened_at, until: scene.now };
    record.welcome(scene, ticket);
    let asks = scene.chance.one(ticket.topic.asks).copied().unwrap_or_default();
    record.member(scene, ticket, asks);
    let turns = if scene.chance.percent(100 / LONG_STORIES) { 120 } else { scene.chance.between(1, 7) };
    for _ in 0..turns {
        let answer = scene.chance.one(ticket.topic.answers).copied().unwrap_or_default();
        record.staff(scene, ticket, answer);
        let words = if scene.chance.percent(15) { HOSTILE } else { REPLIES };
        let reply = scene.chance.one(words).copied().unwrap_or_default();
        record.member(scene, ticket, reply);
        if scene.chance.percent(12) {
            record.attach(scene);
        }
    }
    record.said
}

struct Record {
    said: Vec<Value>,
    at: u64,
    until: u64,
}

impl Record {
    fn welcome(&mut self, scene: &mut Scene, ticket: &Ticket) {
        let bot = discord_standin::seed::CLIENT_ID;
        let embed = json!({
            "title": format!("Ticket {:04}", ticket.number),
            "description": format!("Hello {}, tell us what you need. The team answers here.", ticket.opener.name),
            "fields": [{ "name": "Category", "value": ticket.topic.category, "inline": true }],
            "footer": { "text": "Harbour Club" },
        });
        self.add(scene, &bot.to_string(), "Harbour Bot", "");
        if let Some(last) = self.said.last_mut() {
            (last["bot"], last["embeds"]) = (json!(true), json!([embed]));
        }
    }

    fn member(&mut self, scene: &mut Scene, ticket: &Ticket, words: &str) {
        self.add(scene, &ticket.opener.id.to_string(), &ticket.opener.name, words);
    }

    fn staff(&mut self, scene: &mut Scene, ticket: &Ticket, words: &str) {
        match &ticket.claimer {
            Some(staff) => self.add(scene, &staff.id.to_string(), &staff.name, words),
            None => self.member(scene, ticket, "Is anybody there?"),
        }
    }

    fn attach(&mut self, scene: &mut Scene) {
        let files = [("screenshot.png", 184_233), ("log <1>.txt", 2_048), ("receipt.pdf", 88_120)];
        let (name, size) = scene.chance.one(&files).copied().unwrap_or(("file", 1));
        let url = format!("https://cdn.discordapp.com/attachments/{}/{}/file", scene.snowflake(), scene.snowflake());
        if let Some(last) = self.said.last_mut() {
            last["attachments"] = json!([{ "name": name, "size": size, "url": url }]);
        }
    }

    fn add(&mut self, scene: &mut Scene, author: &str, name: &str, words: &str) {
        self.at = (self.at + scene.chance.between(2_000, PAUSE)).min(self.until);
        self.said.push(json!({
            "id": scene.snowflake().to_string(), "authorId": author, "authorName": name, "bot": false,
            "at": iso(self.at), "content": words, "embeds": [], "attachments": [],
        }));
    }
}
