### Ticket panels: the list, a panel, its categories, posting it.

nav-panels = Bảng ticket
title-panel-category = { $category }

## The list
panels-title = Bảng ticket
panels-lead = Những tin nhắn trên { $server } mà thành viên dùng để mở ticket. Bot đăng chúng ở nơi bạn chọn.
panels-new = Bảng mới
panels-new-go-on = Tiếp tục với bảng mới
panels-full = Máy chủ này đã có số bảng tối đa. Hãy xóa một bảng để tạo bảng khác.
panels-empty-title = Chưa có bảng nào
panels-empty = Hãy tạo một bảng, thêm một loại ticket cho mỗi kiểu câu hỏi, rồi để bot đăng bảng đó.
panels-drafted = Chưa lưu
panels-categories = { $count } loại ticket

## Where it is posted
panel-posting-title = Trong Discord
panel-posted-in = Đã đăng ở
panel-posted-behind = Bản đã đăng cũ hơn bản đã lưu. Hãy đăng lại.
panel-posted-nowhere = Chưa đăng
panel-posting-saved = Bản được đăng là bản lưu gần nhất, không gồm những gì chưa lưu.
panel-post-channel-id = Kênh
panel-post-channel-id-hint = Một kênh chat mà chính bạn được viết.
panel-post-section-post = Đăng bảng
panel-post-do = Đăng bảng
panel-post-elsewhere = Đăng ở kênh này
panel-post-again = Đăng lại
panel-post-again-hint = Đăng lại, hoặc đăng ở kênh khác, sẽ gỡ tin nhắn đang có. Các ticket đang mở vẫn giữ nguyên.
panel-remove = Gỡ khỏi Discord…
panel-delete = Xóa bảng này…
panel-discard = Bỏ phần chưa lưu…

## A panel
panel-new = Bảng mới
panel-lead = Những gì thành viên trên { $server } thấy, và những gì họ chọn được.
panel-notice-draft = Đây là những gì bạn đã nhập mà chưa lưu. Chúng được giữ một ngày kể từ lần thay đổi cuối của bạn.
panel-fresh-title = Chúng tôi giúp gì được cho bạn?
panel-fresh-description = Hãy chọn điều bạn cần hỗ trợ. Một kênh riêng sẽ mở ra và đội hỗ trợ sẽ trả lời bạn ở đó.
panel-section-name = Tên
panel-name = Tên
panel-name-hint = Dành cho bạn và đội hỗ trợ. Thành viên không thấy.
panel-section-embed = Tin nhắn
panel-title = Tiêu đề
panel-description = Văn bản
panel-color = Màu
panel-image-url = Ảnh
panel-thumbnail-url = Ảnh nhỏ
panel-footer = Chân trang
panel-section-choosing = Cách thành viên chọn
panel-component-type = Thành viên chọn bằng
panel-component-type-buttons = Nút
panel-component-type-select = Menu
panel-button-style = Màu của nút
panel-button-style-primary = Xanh tím
panel-button-style-secondary = Xám
panel-button-style-success = Xanh lá
panel-button-style-danger = Đỏ
panel-select-placeholder = Chữ trên menu
panel-select-placeholder-hint = Để trống = chữ sẵn có của Discord.

## Its categories
panel-section-categories = Loại ticket
panel-section-categories-intro = Những gì thành viên chọn được, theo thứ tự này. Mỗi loại có trang riêng; chưa có gì được lưu cho đến khi bạn lưu bảng.
panel-categories = Loại ticket
panel-categories-row = Loại { $number }
panel-categories-add = Thêm loại
panel-categories-empty = Chưa có loại nào. Bảng cần ít nhất một loại.
panel-category-new = Loại mới
panel-category-edit = Sửa
panel-category-off = Tắt
panel-category-questions = { $count ->
    [0] Không có câu hỏi
   *[other] { $count } câu hỏi
}
panel-category-lead = Một trong các lựa chọn của { $panel } trên { $server }.
panel-category-keep = Giữ loại này
panel-category-keep-hint = Sau đó hãy lưu bảng: trước lúc đó chưa có gì thay đổi.
panel-category-drop = Quay lại, không giữ
panel-category-kept = Đã giữ { $category } nhưng chưa lưu. Hãy lưu bảng khi đã đầy đủ.
panel-categories-section-category = Loại ticket
panel-categories-name = Tên
panel-categories-name-hint = Chữ thành viên đọc trên nút hoặc trong menu.
panel-categories-emoji = Emoji
panel-categories-emoji-hint = Một emoji, hoặc emoji của máy chủ này theo tên, ví dụ :party:. Để trống = không có.
panel-categories-description = Mô tả
panel-categories-description-hint = Hiện trong menu.
panel-categories-enabled = Thành viên chọn được
panel-categories-enabled-hint = Bảng đã đăng chỉ thay đổi khi bạn đăng lại.
panel-categories-category-id = Danh mục Discord
panel-categories-category-id-hint = Nơi tạo các ticket loại này. Không chọn = như trong cài đặt Ticket.
panel-categories-naming-template = Tên kênh của ticket
panel-categories-naming-template-hint = Cần {"{number}"}, {"{user}"} hoặc {"{username}"}. Bạn cũng có thể dùng {"{category}"}.
panel-categories-ping-role-ids = Vai trò được ping
panel-categories-ping-role-ids-hint = Tối đa 10. Các vai trò này được nhắc đến trong mỗi ticket mới.
panel-categories-claim-enabled = Đội hỗ trợ có thể nhận ticket loại này
panel-categories-section-form = Câu hỏi
panel-categories-section-form-intro = Được hỏi trước khi ticket mở. Discord cho phép năm câu.
panel-categories-questions = Câu hỏi
panel-categories-questions-row = Câu hỏi { $number }
panel-categories-questions-add = Thêm câu hỏi
panel-categories-questions-empty = Không có câu hỏi: ticket mở ngay.
panel-categories-questions-label = Câu hỏi
panel-categories-questions-style = Trả lời bằng
panel-categories-questions-style-short = Văn bản ngắn
panel-categories-questions-style-paragraph = Văn bản dài
panel-categories-questions-style-select = Chọn từ danh sách
panel-categories-questions-required = Bắt buộc trả lời
panel-categories-questions-placeholder = Ví dụ hiện trong ô trống
panel-categories-questions-min-length = Độ dài tối thiểu, tính bằng ký tự
panel-categories-questions-max-length = Độ dài tối đa, tính bằng ký tự
panel-categories-questions-max-length-hint = 0 = không có giới hạn riêng.
panel-categories-questions-options = Các lựa chọn, mỗi dòng một lựa chọn
panel-categories-questions-options-hint = Khi chọn từ danh sách: ít nhất 2.

## What is wrong with one
problem-panel-empty = Hãy thêm tiêu đề, văn bản hoặc ảnh cho tin nhắn.
problem-panel-no-category = Hãy thêm một loại ticket. Bảng cần ít nhất một loại.
problem-panel-all-off = Không chọn được loại ticket nào nên không đăng bảng được.
problem-panel-lengths = Độ dài tối thiểu không được lớn hơn độ dài tối đa là { $max }.
problem-panel-options = Nhập ít nhất hai lựa chọn.
problem-panel-option-twice = { $option } xuất hiện hai lần. Các lựa chọn phải khác nhau.
problem-panel-category-twice = Một loại khác của bảng này đã có tên này. Hãy chọn tên khác.
problem-panel-name-taken = Một bảng khác của máy chủ này đã có tên này. Hãy chọn tên khác.
problem-panel-full = Máy chủ này đã có { $max } bảng, là số tối đa. Hãy xóa một bảng trước.

## The preview
preview-buttons = Các nút dưới tin nhắn
preview-options = Các lựa chọn của menu
preview-select = Hãy chọn

## After something was done
flash-panel-saved = Đã lưu { $panel }. Bot đã nhận; bản đã đăng trong Discord chỉ thay đổi khi bạn đăng lại.
flash-panel-saved-waiting = Đã lưu { $panel }. Bot sẽ nhận được ngay khi có kết nối trở lại.
flash-panel-same = Không có gì để lưu: { $panel } vốn đã như vậy.
flash-panel-discarded = Đã bỏ những gì bạn nhập cho { $panel }.
flash-panel-deleted = Đã xóa { $panel }.
flash-panel-deleted-posted = Đã xóa { $panel }. Đã yêu cầu bot gỡ tin nhắn của bảng khỏi Discord.
flash-panel-changed = Có người vừa thay đổi { $panel } trong lúc đó nên chưa xóa gì cả. Hãy xem lại, rồi xóa nếu bạn vẫn muốn.
flash-panel-not-posted = { $panel } chưa được đăng nên không có gì để gỡ.
flash-panel-all-off = Chưa đăng { $panel }: thành viên không chọn được gì. Hãy bật một loại ticket rồi lưu.

## Somebody was first
panel-conflict-title = { $panel } vừa bị thay đổi
panel-conflict-lead = Có người đã lưu { $panel } trên { $server } sau khi bạn mở nó. Chưa có gì của bạn được lưu, và không có gì bị mất: hãy so sánh hai bên.
panel-conflict-save = Lưu của tôi thay cho của họ
panel-conflict-go-on = Tiếp tục với của tôi
panel-conflict-hint = Những gì bạn thay thế vẫn nằm trong nhật ký thay đổi.

## Asking first
panel-deletion-title = Xóa { $panel }?
panel-deletion-lead = { $panel } và các loại ticket của bảng sẽ bị xóa khỏi { $server }. Các ticket đang mở vẫn giữ nguyên.
panel-deletion-besides = Bot cũng gỡ tin nhắn của bảng khỏi { $channel }.
panel-deletion-do = Xóa bảng
panel-deletion-keep = Giữ lại
panel-removal-title = Gỡ { $panel } khỏi Discord?
panel-removal-lead = Bot sẽ gỡ tin nhắn của { $panel } trên { $server }, và thành viên không còn mở ticket bằng tin nhắn đó được nữa. Bảng vẫn còn ở đây và có thể đăng lại.
panel-removal-do = Gỡ tin nhắn
panel-removal-keep = Giữ lại
panel-discarding-title = Bỏ những gì bạn nhập cho { $panel }?
panel-discarding-lead = Những gì bạn nhập cho { $panel } trên { $server } mà chưa lưu sẽ mất. Phần đã lưu vẫn còn.
panel-discarding-do = Bỏ phần chưa lưu
panel-discarding-keep = Tiếp tục sửa
