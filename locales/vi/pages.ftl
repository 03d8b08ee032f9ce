### The words of the templates. A key starts with the page or part it stands on.

## Around every page
layout-skip = Đến nội dung chính
layout-signed-in-as = Đang đăng nhập với tên
layout-sign-out = Đăng xuất
layout-support = Hỗ trợ
layout-privacy = Quyền riêng tư
layout-terms = Điều khoản
nav-label = Máy chủ
nav-menu = Menu
nav-switch = Tất cả máy chủ
state-on = Bật
state-off = Tắt

## The landing page
landing-title = Quản lý máy chủ Discord của bạn ở một nơi yên tĩnh
landing-lead = Thiết lập bot bằng những biểu mẫu dễ hiểu. Mỗi thay đổi được kiểm tra trước khi lưu, và bạn thấy khi nào bot áp dụng.
landing-sign-in = Đăng nhập bằng Discord
landing-asks = Discord sẽ hỏi bạn có đồng ý chia sẻ tên và danh sách máy chủ của bạn không. Guildhall không đọc được tin nhắn của bạn.
landing-promises = Những điều bạn có thể tin cậy
landing-kept-title = Không mất gì cả
landing-kept = Bot đang vắng mặt? Thay đổi của bạn sẽ chờ và đến bot đúng thứ tự khi bot trở lại.
landing-seen-title = Bạn thấy nó đang ở đâu
landing-seen = Mỗi trang đều cho biết ai vừa thay đổi gì, và theo dõi thay đổi đó đến khi bot áp dụng.
landing-checked-title = Lỗi được báo trước
landing-checked = Quyền còn thiếu hay kênh đã xóa được nêu tên trước khi bạn lưu, chứ không phải sau đó.
landing-everywhere-title = Dùng được ở mọi nơi
landing-everywhere = Trên điện thoại, bằng bàn phím, với trình đọc màn hình, và cả khi không có script.
landing-modules = Những gì bạn thiết lập được
landing-tempvoice = TempVoice.
landing-tempvoice-purpose = Vào một kênh, có ngay phòng riêng.
landing-giveaway = Giveaway.
landing-giveaway-purpose = Bốc thăm công bằng theo luật bạn chọn.
landing-tickets = Ticket.
landing-tickets-purpose = Hỗ trợ riêng cho thành viên, có lưu bản ghi.
landing-music = Nhạc.
landing-music-purpose = Ai được phát gì, ở đâu, và to đến mức nào.

## Choosing a server
picker-title = Máy chủ của bạn
picker-lead = Bạn có thể chỉnh bot trên những máy chủ mà bạn sở hữu hoặc được quản lý.
picker-search = Tìm máy chủ theo tên
picker-search-do = Tìm
picker-search-clear = Xóa
picker-count = { $shown } trên { $total } máy chủ
picker-last-used = Dùng gần nhất
picker-owner = Bạn là chủ
picker-staff = Bạn là cộng sự ở đây
picker-with-bot = Đã có bot
picker-invitable = Chưa có bot
picker-invitable-hint = Chọn một máy chủ để mời bot.
picker-none-title = Chưa có máy chủ nào để quản lý
picker-none = Bạn cần là chủ một máy chủ, hoặc có quyền Quản lý máy chủ ở đó. Đây là cách để có máy chủ trong danh sách này:
picker-look-again = Xem lại
picker-no-match = Không có máy chủ nào tên { $query }
picker-show-all = Hiện tất cả máy chủ

## A server
overview-lead = Những gì bot làm ở đây. Chọn một mô-đun để chỉnh.
overview-lead-looking = Những gì bot làm ở đây. Chọn một mô-đun để xem cài đặt của nó.
overview-modules = Mô-đun
overview-defaults = Chưa thay đổi. Đây là các giá trị mặc định.
change-number = Thay đổi { $number } của { $by }
absent-title = Bot không có trên máy chủ này
absent-kept-until = Cài đặt được giữ đến { $date }. Bạn có thể xem ở đây; hãy mời lại bot để thay đổi.
absent-kept = Bạn có thể xem cài đặt ở đây. Hãy mời bot để thay đổi.
absent-invite = Mời bot

## Inviting
invite-title = Mời bot vào { $server }
invite-lead = Bot chưa có trên máy chủ này. Discord sẽ hỏi bạn xác nhận, rồi đưa bạn trở lại đây.
invite-do = Tiếp tục trên Discord
invite-check = Tôi đã thêm bot, kiểm tra lại
invite-back = Discord không đưa bạn trở lại? Hãy quay lại trang này và bấm “Tôi đã thêm bot, kiểm tra lại”.
invite-permissions = Những việc bot sẽ được phép làm
invite-permissions-hint = Chỉ những gì các mô-đun cần. Bạn có thể gỡ bất cứ quyền nào trên Discord; khi đó Guildhall sẽ báo cho bạn việc gì không còn hoạt động.

## A form
form-defaults = Chưa lưu lần nào. Đây là các giá trị mặc định.
form-errors = Chưa có gì được lưu. Có { $count } chỗ cần sửa:
form-warnings = Nên biết
form-sections = Trên trang này
form-save = Lưu
form-reset = Đặt lại về mặc định…
field-error = Lỗi:
field-warning = Lưu ý:
field-between = Từ { $min } đến { $max }.
field-lines = Tối đa { $max } dòng, mỗi dòng tối đa { $each } ký tự.
field-at-most = Tối đa { $max } ký tự.
field-color = Dạng #rrggbb.
field-color-optional = Dạng #rrggbb, hoặc để trống.
row-up = Lên
row-down = Xuống
row-remove = Gỡ
rows-full = Danh sách đã đầy.
template-edit = Sửa tin nhắn này
template-placeholders = Biến
template-placeholders-hint = Gõ đúng như ở đây, cả dấu ngoặc nhọn; bot sẽ điền nội dung vào.
template-embed = Embed
template-preview = Xem trước
template-preview-hint = Hiện tin nhắn với giá trị ví dụ. Không lưu gì cả.

## The preview of a message
preview-title = Xem trước
preview-bot = Bot
preview-title-link = Tiêu đề dẫn đến
preview-thumbnail = Ảnh nhỏ từ
preview-image = Ảnh từ
preview-timestamp = thời điểm gửi

## Setting back
reset-title = Đặt lại { $module } về mặc định?
reset-lead = { $module } trên { $server } sẽ hoạt động như thể chưa ai từng thay đổi.
reset-count = { $count } cài đặt sẽ thay đổi
compare-setting = Cài đặt
reset-now = Hiện tại
reset-then = Sau đó
reset-undo = Người thực hiện và các giá trị trước đó đều được ghi lại.
reset-do = Đặt lại { $module }
reset-keep = Giữ nguyên
reset-nothing = Mọi thứ đã ở mặc định. Không có gì để đặt lại.
reset-back = Quay lại { $module }

## Somebody else saved meanwhile
conflict-title = { $module } đã bị thay đổi trong lúc bạn đang sửa
conflict-lead = Chưa có gì của bạn được lưu, và chưa có gì trên { $server } bị ghi đè. Hãy xem các điểm khác nhau rồi lưu cả hai cùng lúc.
conflict-choose = { $count } cài đặt được cả hai bên thay đổi: hãy chọn lưu theo bên nào.
conflict-merged = { $count } cài đặt chỉ có một bên thay đổi; bên đó đã được chọn sẵn.
conflict-was = Trước đó
conflict-was-unknown = không còn rõ
conflict-mine = Của bạn
conflict-theirs = Của họ
conflict-both = cả hai đã đổi
conflict-choose-one = Chọn một trong hai
conflict-missing = Chưa có gì được lưu. Hãy chọn lưu theo bên nào cho:
conflict-same = Cả hai bên giống nhau. Không còn gì để lưu.
conflict-save = Lưu phần đã chọn
conflict-drop-mine = Bỏ của tôi
conflict-hint = Những gì không được chọn vẫn nằm trong nhật ký thay đổi nếu đã từng được lưu.

overtaken-title = { $module } vừa bị thay đổi
overtaken-lead = Chưa có gì được thực hiện, và chưa có gì trên { $server } bị ghi đè. Hãy so sánh rồi chọn.
overtaken-count = { $count } cài đặt khác nhau
overtaken-same = Cả hai bên giống nhau. Không còn gì để làm.
overtaken-do = Vẫn thực hiện
overtaken-hint = Nếu tiếp tục, mọi cài đặt trong danh sách này sẽ bị thay thế. Những gì họ đã lưu vẫn được ghi lại.

## When something went wrong
error-request = Nếu cần trợ giúp, hãy nêu mã yêu cầu này:
