# Signing in and out.

signed-out = You are signed out.
invite-cancelled = The bot was not added: the invitation was cancelled at Discord.
invite-unfinished = Discord did not confirm the invitation. If the bot does not appear on the server in a moment, invite it again.

error-sign-in-cancelled-title = You are not signed in
error-sign-in-cancelled-advice = You cancelled at Discord, so nothing was shared and nothing has changed. To see your servers, sign in and choose “Authorize”.

error-sign-in-refused-by-discord-title = Discord refused the sign-in
error-sign-in-refused-by-discord-advice = Discord did not accept this dashboard’s request. Try once more; if it happens again, tell the people who run this dashboard.

error-sign-in-no-code-title = The sign-in is incomplete
error-sign-in-no-code-advice = Discord sent you back without its confirmation. Nothing has changed; start the sign-in again.

error-sign-in-no-state-title = The sign-in is incomplete
error-sign-in-no-state-advice = This address does not say which sign-in it belongs to, so it cannot be trusted. Start the sign-in again from here.

error-sign-in-unknown-title = This sign-in was not started here
error-sign-in-unknown-advice = It was started in another browser, longer than ten minutes ago, or this browser does not keep cookies. Allow cookies for this site and start the sign-in again.

error-sign-in-expired-title = The sign-in took too long
error-sign-in-expired-advice = A sign-in has to be finished within ten minutes. Start it again.

error-sign-in-used-title = This sign-in was already used
error-sign-in-used-advice = Each sign-in works once. If you came here with the Back button you may be signed in already; otherwise start the sign-in again.

error-sign-in-repeated-title = The sign-in cannot be understood
error-sign-in-repeated-advice = The address you came back with says something twice, so it cannot be trusted. Start the sign-in again from here.

error-sign-in-wrong-issuer-title = The sign-in did not come from Discord
error-sign-in-wrong-issuer-advice = The answer names another sender than Discord, so it was not used. If you followed a link to get here, do not trust its source. Start the sign-in again from here.

error-sign-in-code-refused-title = Discord no longer accepts this sign-in
error-sign-in-code-refused-advice = Discord’s confirmation was used before or is too old: it lasts for little more than a minute. Start the sign-in again.

error-sign-in-scopes-title = A permission is missing
error-sign-in-scopes-advice = The dashboard needs to know who you are and which servers you are on; at least one of the two was not granted. Start the sign-in again and leave both switched on.
