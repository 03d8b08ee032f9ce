### The languages, and how each writes times and lists.

## What this language calls itself
language-own-name = Tiếng Việt

language-choose = Chọn ngôn ngữ
language-unknown = Ở đây không có ngôn ngữ này.
preferences-language = Ngôn ngữ
preferences-language-browser = Theo trình duyệt: { $language }
preferences-language-hint = Các trang, thông báo và thời gian dùng ngôn ngữ này. Những gì bot viết trong Discord thì không đổi.
preferences-language-unknown = Ở đây không có ngôn ngữ này. Hãy chọn một ngôn ngữ trong danh sách.

## A moment, to the second. $month is one of the months below.
time-moment = { $time } { $zone }, { $day }/{ $month }/{ $year }
time-month-1 = 1
time-month-2 = 2
time-month-3 = 3
time-month-4 = 4
time-month-5 = 5
time-month-6 = 6
time-month-7 = 7
time-month-8 = 8
time-month-9 = 9
time-month-10 = 10
time-month-11 = 11
time-month-12 = 12

## Several things in a sentence: "a, b and c" is made of two steps.
list-next = { $before }, { $next }
list-last = { $before } và { $next }
