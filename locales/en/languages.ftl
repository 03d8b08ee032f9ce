### The languages, and how each writes times and lists.

## What this language calls itself
language-own-name = English

language-choose = Choose a language
language-unknown = There is no such language here.
preferences-language = Language
preferences-language-browser = As the browser asks: { $language }
preferences-language-hint = Pages, messages and times are in it. What the bot writes in Discord is not.
preferences-language-unknown = There is no such language here. Choose one from the list.

## A moment, to the second. $month is one of the months below.
time-moment = { $day } { $month } { $year }, { $time } { $zone }
time-month-1 = Jan
time-month-2 = Feb
time-month-3 = Mar
time-month-4 = Apr
time-month-5 = May
time-month-6 = Jun
time-month-7 = Jul
time-month-8 = Aug
time-month-9 = Sep
time-month-10 = Oct
time-month-11 = Nov
time-month-12 = Dec

## Several things in a sentence: "a, b and c" is made of two steps.
list-next = { $before }, { $next }
list-last = { $before } and { $next }
