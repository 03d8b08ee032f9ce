### What a person has chosen for all servers.

layout-preferences = your preferences
preferences-title = Your preferences
preferences-lead = They hold for you alone, on every server.
preferences-save = Save preferences
preferences-back = Your servers
preferences-time-zone = Time zone
preferences-time-zone-hint = Times are shown in it, and read in it where you type one.
preferences-time-zone-unknown = No such time zone. Choose one from the list.
preferences-theme = Colors
preferences-theme-system = As the device is set
preferences-theme-light = Light
preferences-theme-dark = Dark
preferences-theme-unknown = Choose one of the three.
preferences-guessed = Nothing is chosen yet, so times are in UTC. The list below shows this browser’s own time zone: save to use it.
preferences-unchosen = Nothing is chosen yet, so times are in UTC.
flash-preferences-saved = Preferences saved.

zone-africa = Africa
zone-america = America
zone-antarctica = Antarctica
zone-arctic = Arctic
zone-asia = Asia
zone-atlantic = Atlantic
zone-australia = Australia
zone-europe = Europe
zone-indian = Indian Ocean
zone-pacific = Pacific
