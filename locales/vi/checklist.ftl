### What the bot can do and cannot do of some settings, before they are saved.

checklist-title = Trước khi lưu
checklist-all-fine = Đã kiểm tra { $count } mục, tất cả đều ổn.
checklist-impossible = { $count } mục không hoạt động được
checklist-to-look-at = { $count } mục cần xem lại
checklist-fine = { $count } mục ổn
checklist-word-impossible = Không hoạt động được
checklist-word-warning = Nên xem lại
checklist-what-is-fine = Những mục đang ổn
checklist-give = Cấp cho bot những quyền còn thiếu
checklist-again = Kiểm tra lại
checklist-about-saved = Dựa trên những gì đã lưu.
checklist-about-typed = Dựa trên những gì bạn đã nhập, chưa được lưu.
checklist-asked = Đã kiểm tra lại với những gì bạn nhập. Chưa có gì được lưu.

## What is fine
checklist-fine-server = Bot có đủ quyền cần thiết trên máy chủ này.
checklist-fine-channel = Bot có đủ quyền cần thiết trong { $channel }.
checklist-fine-category = Bot có đủ quyền cần thiết trong { $channel }, hiện có { $count } trên { $max } kênh.
checklist-fine-give = Bot cấp được { $role }.
checklist-fine-ping = Bot nhắc đến được { $role }.
checklist-fine-roles = { $count ->
    [1] Vai trò này vẫn còn.
   *[other] Cả { $count } vai trò đều còn.
}
checklist-fine-presence = Bot thấy được thành viên đang chơi gì.
checklist-fine-content = Bot đọc được tin nhắn để tạo bản ghi.

## What the bot may not do
problem-bot-may-not = Bot còn thiếu quyền trên máy chủ này: { $permissions }. Trong Discord: Cài đặt máy chủ → Vai trò → { $role } → Quyền, hãy bật các quyền đó.
problem-bot-without-role = Bot còn thiếu quyền trên máy chủ này: { $permissions }. Bot không có vai trò riêng ở đây: hãy mời lại, Discord sẽ tạo một vai trò cho nó.
problem-bot-may-not-in = Bot còn thiếu quyền trong { $channel }: { $permissions }. Trong Discord: { $channel } → Chỉnh sửa kênh → Quyền → { $role }, hãy cho phép các quyền đó.
problem-bot-may-not-in-category = Bot còn thiếu quyền trong danh mục { $channel }: { $permissions }. Trong Discord: { $channel } → Chỉnh sửa danh mục → Quyền → { $role }, hãy cho phép các quyền đó.
problem-bot-timed-out = { $bot } đang bị hạn chế (timeout) trên máy chủ này và không làm được gì cho đến khi hết hạn. Trong Discord: mở hồ sơ của bot và gỡ hạn chế.
problem-bot-may-not-mention = Nhắc đến { $role } sẽ không thông báo cho ai. Trong Discord: Cài đặt máy chủ → Vai trò → { $role }, cho phép mọi người nhắc đến vai trò này; hoặc cho { $bot } quyền nhắc đến mọi vai trò.

## Categories and channels
problem-category-full = { $channel } đã đầy, với { $count } trên { $max } kênh. Hãy chọn danh mục khác hoặc xóa bớt kênh.
problem-category-full-overflows = { $channel } đã đầy, với { $count } trên { $max } kênh. Kênh mới sẽ vào danh mục dự phòng.
problem-category-nearly-full = { $channel } có { $count } trên { $max } kênh: chỉ còn chỗ cho { $left } kênh nữa.
problem-log-open = Mọi người trên máy chủ đều đọc được { $channel }. Nếu không muốn vậy, hãy chọn một kênh riêng tư.

## What the application may not hear
problem-intent-presence = Bot không thấy thành viên đang chơi gì, nên {"{activity}"} luôn hiện là “room”. Người vận hành bot cần bật presence intent.
problem-intent-content = Bot không đọc được tin nhắn nên bản ghi sẽ trống. Người vận hành bot cần bật message content intent.

## Permissions that no module asks for, and those that Discord calls otherwise on the pages of a channel
permission-mention-everyone = Nhắc đến @everyone, @here và mọi vai trò
permission-there-view-channel = Xem kênh
permission-there-manage-channels = Quản lý kênh
permission-there-manage-roles = Quản lý quyền
