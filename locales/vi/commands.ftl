### Commands to the bot: what it is told to do, and how far that has come.


## What the bot is told to do
command-doing-send-panel = Gửi bảng điều khiển đến { $label }
command-doing-ticket-panel-v2 = Gửi bảng { $label }
command-doing-panel-remove = Gỡ bảng { $label }
command-doing-giveaway-create = Bắt đầu giveaway { $label }
command-doing-giveaway-update = Thay đổi giveaway { $label }
command-doing-giveaway-end = Kết thúc giveaway { $label }
command-doing-giveaway-cancel = Hủy giveaway { $label }
command-doing-giveaway-reroll = Bốc thăm lại người thắng của { $label }
command-doing-ticket-close = Đóng { $label }
command-doing-review-publish = Đăng đánh giá của { $label }
command-some-channel = một kênh
command-doing-voice-room-close = Đóng phòng { $label }
command-doing-send-test = Gửi thử tin nhắn { $label } cho bạn
command-doing-state-request = Hỏi bot xem những gì đang mở
command-doing-other = { $label }

## How far it has come
command-waiting = Đang chuyển đến bot
command-waiting-connection = Sẽ gửi ngay khi có lại kết nối với bot, kết nối đã mất từ { $since }
command-sent = Đã gửi cho bot, bot chưa trả lời
command-sent-away = Đã gửi; hiện bot đang ngoại tuyến và có thể trở lại quá muộn để thực hiện
command-done = Xong
command-failed = Bot không làm được và không nêu lý do
command-failed-because = Bot không làm được: { $reason }
command-expired = Không gửi kịp. Bot chưa làm và sẽ không làm việc này
command-no-answer = Không có trả lời. Chúng tôi không biết bot đã làm hay chưa
command-posted = Xem tin nhắn trong Discord
command-try-again = Thử lại
command-failed-expired = Lệnh đến bot quá muộn nên bot không thực hiện
command-failed-missing-permissions = Bot không thực hiện: bot thiếu quyền trong Discord
command-failed-unknown-channel = Bot không thực hiện: bot không tìm thấy kênh
command-failed-already-ended = Không có gì để làm: giveaway đã kết thúc rồi
command-failed-already-closed = Không có gì để làm: đã đóng rồi
command-failed-not-found = Bot không thực hiện: bot không biết lệnh này nói về cái gì
command-failed-unknown-outcome = Bot khởi động lại trong lúc đang làm và không biết mình đã làm xong hay chưa
command-failed-unknown-command = Bot không biết cách làm việc này
command-failed-invalid = Bot không thực hiện: có phần trong lệnh không làm được như vậy
command-failed-module-disabled = Bot không thực hiện: mô-đun này đang tắt
command-advice-expired = Hãy làm lại: mỗi lần bot có hai phút.
command-advice-missing-permissions = Hãy cấp cho vai trò của bot những quyền ghi ở trang của mô-đun, cả trong kênh đó, rồi làm lại.
command-advice-unknown-channel = Kênh đã bị xóa, hay bị ẩn với bot? Hãy chọn kênh khác, hoặc cho bot xem kênh đó.
command-advice-already-ended = Danh sách cho thấy tình hình hiện tại.
command-advice-already-closed = Danh sách cho thấy tình hình hiện tại.
command-advice-not-found = Có thể nó không còn nữa. Danh sách cho thấy tình hình hiện tại.
command-advice-unknown-outcome = Hãy xem máy chủ trong Discord trước khi làm lại.
command-advice-unknown-command = Có thể đây là phiên bản cũ. Hãy báo cho người vận hành bot.
command-advice-invalid = Hãy xem lại, lưu, rồi làm lại.
command-advice-module-disabled = Hãy bật mô-đun và lưu, rồi làm lại.
announce-command = { $doing }: { $state }

## After giving one
flash-command-sent = { $doing }: đã gửi cho bot. Trang này sẽ cho thấy kết quả.
flash-command-waiting = { $doing }: sẽ gửi ngay khi có lại kết nối với bot, nếu trong vòng hai phút.
flash-command-again-sent = { $doing }: đã gửi lại cho bot. Nếu bot đã làm ở lần đầu, bot sẽ không làm lần nữa.
flash-command-again-waiting = { $doing }: sẽ gửi lại ngay khi có lại kết nối với bot.
flash-command-settled = Bot đã trả lời trong lúc đó nên không gửi lại gì cả.

## The page of one
command-again-same = Bot có hai phút để thực hiện, đến { $until }. Thử lại sẽ gửi đúng lệnh này: nếu bot đã làm ở lần đầu, bot sẽ không làm lần thứ hai.
command-again-new = Thử lại sẽ giao cho bot một lệnh mới. Lệnh đầu có thể đã được thực hiện: hãy xem máy chủ trong Discord trước khi thử.
command-again-never = Lệnh đầu chưa hề được gửi. Thử lại sẽ giao cho bot một lệnh mới.
command-again-not-yours = Chỉ người đã ra lệnh này mới thử lại được, miễn là họ còn viết được trong kênh đó. Bạn có thể tự ra lệnh từ trang của nó.
command-again-channel = Bạn không thể thử lại việc này: bạn không xem được hoặc không viết được trong kênh mà bot sẽ viết vào.
command-again-mention = Bạn không thể thử lại việc này: nó nhắc đến một vai trò mà bạn không được phép nhắc.
command-repeats-perhaps = Lệnh này lặp lại một lệnh trước đó, có thể đã được thực hiện.
command-repeats-never = Lệnh này lặp lại một lệnh trước đó chưa hề được gửi.
command-repeats-done = Lệnh này lặp lại một lệnh trước đó mà bot đã trả lời trong lúc ấy.
command-earlier = Lệnh trước đó
command-later = Đã ra lệnh lại
command-by = Người ra lệnh
command-way = Những gì đã biết
command-given-at = Ra lệnh
command-sent-at = Đã gửi
command-answered-at = Đã trả lời
command-expires-at = Hạn đến
command-to-change = Trong nhật ký thay đổi
