### A message as Discord would show it.

preview-spoiler = Nội dung ẩn:

## Places that every server has
message-guide-customize = Kênh & Vai trò
message-guide-browse = Duyệt kênh
message-guide-guide = Hướng dẫn máy chủ
message-guide-linked-roles = Vai trò liên kết

## Times
message-time-short = { $hour }:{ $minute }
message-time-long = { $hour }:{ $minute }:{ $second }
message-date-short = { $day2 }/{ $month2 }/{ $year }
message-date-long = ngày { $day } { $month }, { $year }
message-moment = { $hour }:{ $minute } ngày { $day } { $month }, { $year }
message-moment-full = { $hour }:{ $minute } { $weekday }, ngày { $day } { $month }, { $year }
message-moment-small = { $hour }:{ $minute } { $day2 }/{ $month2 }/{ $year }
message-moment-small-long = { $hour }:{ $minute }:{ $second } { $day2 }/{ $month2 }/{ $year }
message-moment-ahead = sau { $amount } nữa
message-moment-past = { $amount } trước
message-amount-months = { $count } tháng
message-amount-years = { $count } năm
message-month-1 = tháng 1
message-month-2 = tháng 2
message-month-3 = tháng 3
message-month-4 = tháng 4
message-month-5 = tháng 5
message-month-6 = tháng 6
message-month-7 = tháng 7
message-month-8 = tháng 8
message-month-9 = tháng 9
message-month-10 = tháng 10
message-month-11 = tháng 11
message-month-12 = tháng 12
message-weekday-1 = Thứ Hai
message-weekday-2 = Thứ Ba
message-weekday-3 = Thứ Tư
message-weekday-4 = Thứ Năm
message-weekday-5 = Thứ Sáu
message-weekday-6 = Thứ Bảy
message-weekday-7 = Chủ Nhật

## Sent by the bot as a test
template-test = Gửi thử cho tôi
template-test-hint = Bot gửi bản thử cho riêng bạn qua tin nhắn riêng, với giá trị ví dụ.
test-follow = Kết quả ra sao
template-test-too-old = Phiên bản của bot chưa biết gửi thử; người vận hành bot có thể cập nhật nó.
notice-test-too-old = Phiên bản của bot chưa biết gửi thử; người vận hành bot có thể cập nhật nó. Chưa gửi và chưa lưu gì cả.
notice-test-none = Không có tin nhắn này để gửi thử. Chưa gửi và chưa lưu gì cả.
notice-test-cannot = Bot chưa báo về lần nào nên chưa gửi thử được. Chưa gửi và chưa lưu gì cả.
notice-test-problems = Chưa gửi gì: tin nhắn này còn chỗ chưa đúng. Cũng chưa có gì được lưu.
notice-test-empty = Chưa gửi gì: tin nhắn này đang tắt hoặc chưa có nội dung. Cũng chưa có gì được lưu.

## What the script says of texts in forms: { $count }, { $max } and { $over } are put in by it
editor-count = { $count } trên { $max } ký tự
editor-count-over = { $count } trên { $max } ký tự: thừa { $over }
editor-lines = { $count } trên { $max } dòng
editor-lines-over = { $count } trên { $max } dòng: thừa { $over }
editor-total = Toàn bộ văn bản của embed: { $count } trên { $max } ký tự
editor-total-over = Toàn bộ văn bản của embed: { $count } trên { $max } ký tự, thừa { $over }
editor-offered = Số biến gợi ý: { $count }. Chọn bằng phím mũi tên, chèn bằng Enter, đóng bằng Escape.
editor-marks = Định dạng phần văn bản đã chọn
editor-bold = Đậm (Ctrl+B)
editor-bold-sign = B
editor-italic = Nghiêng (Ctrl+I)
editor-italic-sign = I
editor-underline = Gạch chân (Ctrl+U)
editor-underline-sign = U
editor-struck = Gạch ngang
editor-struck-sign = S
editor-hidden = Nội dung ẩn
editor-code = Mã
