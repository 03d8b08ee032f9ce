### Where somebody is, and how they get elsewhere.

## Titles: the page, its place, its server, the site
title-in-place = { $page } · { $place } · { $server } · Guildhall
title-on-server = { $page } · { $server } · Guildhall
title-page = { $page }
title-saved = Saved: { $title }
title-wrong = Error: { $title }
title-conflict = Conflict: { $title }

## The navigation inside a server
nav-group-settings = Settings
nav-group-live = Live
nav-group-history = History
nav-crumbs = You are here

## Skipping what repeats
skip-form = Skip to the form
skip-errors = Skip to what has to be corrected

## Switching servers
switcher-open = switch server
switcher-title = Switch server
switcher-here = This one
switcher-none = No server is called that.
switcher-failed = Your servers cannot be listed right now. “All servers” below tries again.
pin-add = Pin
pin-remove = Unpin
picker-pinned = Pinned
flash-pinned = { $server } is pinned. It stands first in your list.
flash-unpinned = { $server } is not pinned any more.
flash-pins-full = At most { $most } servers can be pinned. Unpin one first.

## Finding anything by its name
title-search = Search
title-search-all = Search · Guildhall
palette-open = Search
palette-title = Find a page, a setting or a server
palette-label = What are you looking for?
palette-lead = On { $server }, and among your servers.
palette-lead-all = Among your servers. Open one to search its settings too.
palette-do = Search
palette-close = Close
palette-help = For example “max volume” or “ticket category”. The order of the words does not matter.
palette-keys = Ctrl K
palette-keys-mac = ⌘ K
palette-key = opens this from any page.
palette-slash = So does the / key, outside of fields
palette-found = Found
palette-count = { $count ->
    [one] One thing found
   *[other] { $count } things found
}
palette-none = Nothing is called { $query }. Try fewer or other words.
palette-some = Pages and servers. Type to find single settings too.
palette-no-servers = Discord does not say right now which servers you manage, so they are not searched.
palette-failed = The search does not answer right now. Press Enter to try it on a page of its own.
palette-kind-server = Server
palette-kind-page = Page
palette-kind-module = Module
palette-kind-setting = Setting

## Other words by which a page is found
palette-also-nav-overview = home start dashboard activity feed
palette-also-nav-giveaways = raffle prize draw winners running
palette-also-nav-tickets = support help open closed list transcripts
palette-also-nav-panels = ticket buttons message categories questions
palette-also-nav-rooms = voice channels open now
palette-also-nav-playlists = songs tracks player queue
palette-also-nav-changes = history audit log undo restore who
palette-also-title-ratings = stars reviews feedback
palette-also-giveaways-new = create start raffle
palette-also-panels-new = create ticket panel
palette-also-playlists-new = create songs
palette-also-nav-carry = backup download upload file json
palette-also-title-copy = duplicate another server transfer
palette-also-title-control-panel = buttons post channel
palette-also-tempvoice-name = voice rooms join to create temporary channels
palette-also-giveaway-name = raffle defaults
palette-also-tickets-name = support help
palette-also-music-name = songs player
palette-also-picker-title = all servers guilds switch
palette-also-preferences-title = account profile settings language dark light
palette-also-account-title = delete data privacy export disconnect revoke
palette-also-sessions-title = account devices browsers sign out everywhere

## How many there are in a tab
tab-count = { $count }
tab-count-more = { $count }+

## The picture that others see
share-image = The front of a guildhall in brass lines, with the name Guildhall beside it.
