### The words behind a number.

unit-seconds = giây
unit-minutes = phút
unit-hours = giờ
unit-days = ngày
unit-percent = %
unit-kbps = kbit/s
unit-members = thành viên
unit-rooms = phòng
unit-winners = người thắng
unit-entries = lượt tham gia
unit-tickets = ticket
unit-tracks = bài

## A number with them
amount-percent = { $count }%
amount-seconds = { $count } giây
amount-minutes = { $count } phút
amount-hours = { $count } giờ
amount-days = { $count } ngày
amount-members = { $count } thành viên
amount-rooms = { $count } phòng
amount-winners = { $count } người thắng
amount-entries = { $count } lượt tham gia
amount-tickets = { $count } ticket
amount-tracks = { $count } bài
