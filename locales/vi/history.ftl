### The change log: the list, one change, restoring.

title-restoration = Khôi phục một phiên bản

## The list
history-title = Nhật ký thay đổi
history-lead = Ai đã thay đổi gì trên { $server }, mới nhất ở trên.
history-only = Bạn thấy những thay đổi của { $modules }, vì đó là những gì bạn được cho vào.
history-entry = { $module }, thay đổi { $number }
history-filter = Chọn những thay đổi cần hiện
history-filter-module = Mô-đun
history-any-module = Mọi mô-đun
history-filter-by = Người thực hiện
history-any-by = Bất kỳ ai
history-filter-did = Việc đã làm
history-any-did = Bất kỳ
history-filter-state = Trạng thái gửi
history-any-state = Bất kỳ
history-filter-from = Từ
history-filter-to = Đến
history-filter-do = Hiện
history-show-all = Hiện tất cả thay đổi
history-strange = Không hiểu được một phần của địa chỉ này nên phần đó đã bị bỏ qua.
history-no-match = Không có thay đổi nào phù hợp
history-empty-title = Chưa có gì thay đổi
history-empty = Ngay khi có người lưu một cài đặt, nó sẽ hiện ở đây: ai, khi nào, đổi từ gì thành gì.
history-pages = Các trang thay đổi
history-newer = Thay đổi mới hơn
history-older = Thay đổi cũ hơn
history-did-create = Lưu lần đầu
history-did-update = Đã thay đổi
history-did-reset = Đã đặt lại
history-did-restored = Đã khôi phục
history-did-adopted = Lấy từ bot
history-state-waiting = Chưa gửi
history-state-sent = Đã gửi, chưa có trả lời
history-state-live = Bot đã áp dụng
history-state-refused = Bot từ chối
history-state-replaced = Được thay bằng thay đổi mới hơn

## What changed
history-from = từ
history-to = thành
history-added = thêm:
history-removed = bỏ:
history-items = { $count } mục
history-row-added = đã thêm
history-row-removed = đã bỏ
history-order-changed = đã đổi thứ tự
history-message-on = đã bật tin nhắn
history-message-off = đã tắt tin nhắn
history-message-changed = đã đổi tin nhắn
history-same = Không có cài đặt nào khác nhau.
history-nothing = Không có gì
history-left-out = { $count } dòng giống nhau
history-count = { $count } chỗ khác nhau

## One change
history-by = Bởi
history-theirs = mọi thay đổi của người này
history-number = thay đổi { $number }
history-restores = Thay đổi này đã khôi phục cài đặt của
history-restored-by = Các cài đặt này đã được khôi phục ở
history-before = Trước
history-after = Sau
history-before-unknown = Không rõ cài đặt trước thay đổi này. Nó được so sánh với mặc định.
history-unchanged = { $count } cài đặt giữ nguyên
history-restore = Khôi phục phiên bản này…
history-restore-before = Khôi phục phiên bản trước đó…
history-current = { $module } hiện đang được đặt như thế này.
history-to-module = Đến { $module }
history-way = Trên đường đến bot
history-saved-at = Đã lưu
history-sent-at = Đã gửi
history-applied-at = Bot áp dụng
history-refused-at = Bot từ chối
history-reason = Lý do
history-bot = Phần của bot
history-shard = Shard
history-neighbours = Các thay đổi khác của { $module }
history-previous = Trước: thay đổi { $number }
history-next = Sau: thay đổi { $number }

## Restoring
restoration-title = Khôi phục phiên bản này của { $module }?
restoration-lead = { $module } trên { $server } sẽ được đặt như sau thay đổi { $number }.
restoration-lead-before = { $module } trên { $server } sẽ được đặt như trước thay đổi { $number }.
restoration-now = Hiện tại
restoration-then = Sau đó
restoration-nothing = Không có gì để khôi phục: vốn đã được đặt như vậy.
restoration-back = Quay lại thay đổi
restoration-hint = Đây là một thay đổi như mọi thay đổi khác: được ghi lại ở đây và có thể hoàn tác.
restoration-do = Khôi phục phiên bản này
notice-restoration = Đây là cài đặt của { $module } từ thay đổi { $number }. Không còn lưu được y như cũ: hãy sửa những chỗ được đánh dấu rồi chọn Lưu. Chưa có gì được lưu.
flash-restored-sent = { $module } đã được đặt lại như ở thay đổi { $number }. Đã gửi cho bot; trang này sẽ báo khi bot áp dụng xong.
flash-restored-waiting = { $module } đã được đặt lại như ở thay đổi { $number }. Bot sẽ nhận được ngay khi có kết nối trở lại.
flash-nothing-to-restore = Không có gì để khôi phục: { $module } vốn đã được đặt như vậy.
