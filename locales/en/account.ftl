### A person's own account: where they are signed in, and what they can do about what is kept of them.

own-label = Your account
own-preferences = Preferences
own-sessions = Sessions
own-account = Account

title-sessions = Where you are signed in · Guildhall
title-sessions-others = End all other sessions? · Guildhall
sessions-title = Where you are signed in
sessions-lead = Each browser in which you signed in and have not signed out. If you do not know one, end it.
sessions-this = This browser
sessions-from = From
sessions-since = Signed in
sessions-seen = Last seen
sessions-end = End
sessions-hint = Browser and system are what the browser says of itself. Of the network address only the beginning is kept. “Last seen” is exact to a minute.
sessions-end-others = End all others
sessions-others-title = End all other sessions?
sessions-others-lead = { $count ->
    [one] In one other browser you will be signed out at once. Here you stay signed in.
   *[other] In { $count } other browsers you will be signed out at once. Here you stay signed in.
}
sessions-others-keep = Keep them
flash-session-ended = The session was ended. That browser is signed out.
flash-session-gone = That session had ended already.
flash-sessions-no-others = There is no other session. Only this browser is signed in.
flash-sessions-ended = { $count ->
    [one] One other session was ended.
   *[other] { $count } other sessions were ended.
}

session-device = { $browser } on { $system }
session-browser = { $browser }
session-system = A browser on { $system }
session-unknown = An unknown browser
session-place = network { $network }
session-place-local = local network { $network }
session-place-here = the machine this dashboard runs on
session-place-unknown = unknown network

title-account = Your account · Guildhall
title-disconnection = Disconnect from Discord? · Guildhall
account-title = Your account
account-lead = What is kept of you here, and what you can do about it.
account-disconnection = Disconnect from Discord
account-disconnection-what = Takes back the access you gave when you signed in, and signs you out in every browser.
disconnection-title = Disconnect from Discord?
disconnection-lead = You will be signed out in every browser at once. Discord is told that this dashboard may no longer ask in your name who you are and which servers you are on, and both keys to it are deleted here.
disconnection-stays = Your preferences, your pinned servers and what you did in the change logs of servers stay. Nothing changes on your servers. When you sign in again, Discord asks you again.
disconnection-do = Disconnect
disconnection-keep = Stay connected
flash-disconnected = You are disconnected: signed out everywhere, and Discord has taken the access back.
flash-disconnected-unconfirmed = You are signed out everywhere and the keys are deleted here, but Discord has not confirmed it. To be sure, open Discord, go to User Settings → Authorized Apps, and remove this application there.

account-data = Take your data along
account-data-what = A file with all that is kept of you: who you are, your sessions and preferences, what you changed, and where tickets, ratings, giveaways, rooms and songs name you. It is JSON, for programs, and holds no keys.
data-do = Download your data
account-deletion = Delete your account
account-deletion-what = Removes what is kept of you here. What you did on servers stays in their logs, without your name.
title-deletion = Delete your account? · Guildhall
deletion-title = Delete your account?
deletion-lead = It cannot be undone. You are signed out in every browser, and Discord takes the access back.
deletion-goes = What goes: your name and picture, sessions, preferences, pinned servers, drafts, what you were given as staff by your name, and the keys to your access at Discord.
deletion-log = What stays without your name: what you changed on servers. In their change logs a number stands for you that nobody has at Discord.
deletion-servers = What stays as it is: what the bot has told of servers, such as tickets, transcripts, ratings and giveaways that name you. It is the servers’ own; ask the people who run the server, or this dashboard.
deletion-data = You can take it along before.
deletion-do = Delete account
deletion-keep = Keep it
flash-account-deleted = Your account is deleted, and Discord has taken the access back.
flash-account-deleted-unconfirmed = Your account is deleted here, but Discord has not confirmed that the access is gone. To be sure, open Discord, go to User Settings → Authorized Apps, and remove this application there.
