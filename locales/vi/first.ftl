### The first minutes: from a list of servers without any to the first saved setting; and what stands in lists that are empty.

## A new server
first-title = Những bước đầu tiên
first-done = Xong
first-open = Cần làm
first-here = Bot đã ở trên máy chủ này
first-here-done = Bot đã được mời, và Guildhall thấy máy chủ đúng như bot thấy.
first-allowed = Bot được phép làm những gì cần thiết
first-allowed-done = Bot có mọi quyền mà các mô-đun của nó cần.
first-allowed-not = Bot còn thiếu: { $permissions }.
first-allowed-do = Cấp cho bot những quyền còn thiếu
first-save = Chọn một mô-đun và lưu
first-save-done = Những cài đặt đầu tiên đã được lưu.
first-save-not = Hãy mở một trong các mô-đun bên dưới. Trang của nó cho biết bot làm được những gì trước khi bạn lưu.
first-save-do = Đến các mô-đun
first-live = Xem bot áp dụng thay đổi
first-live-not = Sau khi bạn lưu, trang sẽ báo khi bot áp dụng xong.
first-live-waits = Thay đổi đang trên đường đến bot. Thẻ của mỗi mô-đun cho biết đã đến đâu.

## The list of servers
first-none-1 = Bạn cần được phép quản lý một máy chủ: chủ máy chủ cấp quyền Quản lý máy chủ cho một vai trò của bạn (Cài đặt máy chủ → Vai trò → Quyền). Máy chủ của chính bạn thì không cần.
first-none-2 = Hãy xem lại ở đây. Máy chủ sẽ hiện trong danh sách này.
first-none-3 = Chọn máy chủ đó và mời bot. Discord yêu cầu bạn xác nhận rồi đưa bạn trở lại đây.
first-none-account = Bạn dùng nhiều tài khoản Discord? Bạn đang đăng nhập với tên { $name }. Hãy đăng xuất để dùng tài khoản khác.
first-no-bot = Bot chưa ở trên máy chủ nào của bạn. Hãy chọn máy chủ bạn muốn dùng bot: bạn sẽ thấy bot được phép làm những gì trước khi Discord yêu cầu xác nhận.

## Empty lists
empty-off = { $module } đang tắt. Sẽ không có gì mới ở đây cho đến khi có người bật lại.
empty-switch-on = Mở cài đặt { $module }
giveaways-empty-running-why = Hãy bắt đầu bằng “Giveaway mới”. Giveaway sẽ hiện ở đây, cùng số lượt tham gia và thời điểm kết thúc, cho đến khi xong.
giveaways-empty-scheduled-why = Đặt giờ bắt đầu cho một giveaway mới, nó sẽ hiện ở đây cho đến lúc đó.
giveaways-empty-ended-why = Giveaway đã kết thúc sẽ hiện ở đây cùng những người thắng.
giveaways-empty-cancelled-why = Giveaway bị hủy trước khi kết thúc sẽ hiện ở đây, kèm lý do.
ticket-empty-open-why = Khi thành viên mở ticket, chẳng hạn bằng một bảng ticket, nó sẽ hiện ở đây cho đến khi có người trong đội hỗ trợ nhận.
ticket-empty-claimed-why = Ngay khi có người trong đội hỗ trợ nhận một ticket, nó sẽ hiện ở đây.
ticket-empty-closed-why = Ticket đã đóng sẽ hiện ở đây, cùng những gì đã được trao đổi.
ticket-empty-panels = Đến các bảng ticket
