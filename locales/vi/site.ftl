site-name = Guildhall

### What the code says: titles, flashes, errors, states.
###
### One word for one thing, in every file of this language. Readers are called "bạn".
###
###   server máy chủ          channel kênh               text / voice channel kênh chat / kênh thoại
###   category danh mục       role vai trò               permission quyền
###   member thành viên       emoji emoji                boost, booster boost, người boost máy chủ
###   mention nhắc đến        ping ping                  private message tin nhắn riêng
###   module mô-đun           settings cài đặt           defaults mặc định
###   change thay đổi         change log nhật ký thay đổi  version phiên bản
###   save lưu                reset đặt lại              restore khôi phục
###   live Bot đã áp dụng     connection kết nối         overflow dự phòng
###   dashboard trang quản trị  preferences tùy chọn     time zone múi giờ
###   panel bảng              control panel bảng điều khiển  kind of ticket loại ticket
###   ticket ticket           claim nhận                 transcript bản ghi
###   team đội hỗ trợ         rating đánh giá            approve, feature duyệt, làm nổi bật
###   giveaway giveaway       prize giải thưởng          winner người thắng
###   entry lượt tham gia     bonus entries lượt cộng thêm  draw again bốc thăm lại
###   room phòng              owner (of a room) chủ phòng  creator kênh tạo phòng
###   track bài               queue hàng chờ             playlist danh sách phát
###   player trình phát       placeholder biến           embed embed
###   command lệnh            log channel kênh nhật ký   preview xem trước
###   pin ghim                spoiler nội dung ẩn        grant (a role) cấp
###   pin ghim                spoiler nội dung ẩn        to grant (a role) cấp
###
### Names of modules and of Guildhall stay as they are, but Music is Nhạc and Tickets is Ticket.

## Titles
title-landing = Guildhall: quản lý máy chủ Discord ở một nơi yên tĩnh
title-error = Lỗi: { $what } · Guildhall
title-preferences = Tùy chọn · Guildhall
title-preferences-saved = Đã lưu: tùy chọn · Guildhall
title-preferences-errors = Lỗi: tùy chọn · Guildhall
title-picker = Máy chủ của bạn · Guildhall
title-overview = { $server } · Guildhall
title-invite = Thêm bot vào { $server } · Guildhall
title-reset = Đặt lại về mặc định
nav-overview = Tổng quan
nav-changes = Nhật ký thay đổi

## What happened to a change
flash-saved-sent = Đã lưu { $module } và gửi cho bot; trang này sẽ báo khi bot áp dụng xong.
flash-saved-waiting = Đã lưu { $module }. Bot sẽ nhận được ngay khi có kết nối trở lại.
flash-nothing-to-save = Không có gì để lưu: { $module } vốn đã được đặt như vậy.
flash-reset-sent = { $module } đã trở về mặc định. Đã gửi cho bot; trang này sẽ báo khi bot áp dụng xong.
flash-reset-waiting = { $module } đã trở về mặc định. Bot sẽ nhận được ngay khi có kết nối trở lại.
flash-nothing-to-reset = Không có gì để đặt lại: { $module } vốn đang ở mặc định.
actor-system = chính Guildhall
actor-gone = Tài khoản đã xóa { $id }
actor-bot = chính bot
delivery-saved = Đã lưu, đang chuyển đến bot
delivery-waiting-connection = Đang chờ: mất kết nối với bot từ { $since }
delivery-sent = Đã gửi cho bot, bot chưa trả lời
delivery-sent-unreported = Đã gửi (bot này không báo lại)
delivery-waiting-bot = Đang chờ: bot ngoại tuyến từ { $since }
delivery-waiting-bot-ever = Đang chờ: phần bot phục vụ máy chủ này chưa chạy
delivery-live = Bot đã áp dụng
delivery-live-ms = Bot đã áp dụng sau { $ms } ms
delivery-live-seconds = Bot đã áp dụng sau { $seconds } giây
delivery-live-minutes = Bot đã áp dụng sau { $minutes } phút
delivery-refused = Bot từ chối thay đổi này
delivery-refused-because = Bot từ chối thay đổi này: { $reason }
delivery-replaced = Đã được thay bằng một thay đổi mới hơn
delivery-as-of = Tính đến { $time }.
delivery-check-again = Kiểm tra lại
delivery-go-back = Quay về phiên bản cuối mà bot chấp nhận
announce-delivery = { $module }: { $state }

## The bot is away
banner-offline = Bot ngoại tuyến từ { $since }. Bạn cứ tiếp tục: thay đổi được giữ lại và sẽ đến bot khi bot trở lại.
banner-offline-ever = Phần bot phục vụ máy chủ này chưa chạy. Bạn cứ tiếp tục: thay đổi được giữ lại và sẽ đến bot khi nó khởi động.
banner-connection = Mất kết nối với bot từ { $since }. Bạn cứ tiếp tục: thay đổi được giữ lại và sẽ đến bot khi có kết nối trở lại.

## Live updates
form-saved-meanwhile = Các cài đặt này đã được lưu ở nơi khác sau khi bạn mở trang. Những gì bạn nhập ở đây vẫn được giữ; khi lưu, bạn sẽ thấy cả hai bên và tự chọn.
form-see-newest = Tải bản mới nhất
live-pause = Tạm dừng cập nhật trực tiếp
live-resume = Tiếp tục cập nhật trực tiếp
live-lost = Cập nhật trực tiếp bị gián đoạn. Guildhall sẽ tự thử lại; hãy tải lại trang để xem tình hình hiện tại.
live-end-rights = Cập nhật trực tiếp đã dừng: bạn không còn được mở máy chủ này.
live-end-session = Cập nhật trực tiếp đã dừng: bạn đã đăng xuất. Hãy đăng nhập lại để tiếp tục; những gì bạn nhập trên trang này vẫn còn đây.
live-end-many = Cập nhật trực tiếp ở đây đã dừng vì sau đó bạn đã mở thêm nhiều trang loại này. Hãy tải lại trang này nếu muốn dùng tiếp.
live-end-unsure = Cập nhật trực tiếp tạm dừng: hiện chưa kiểm tra được bạn còn được mở máy chủ này hay không. Khi kiểm tra được, cập nhật sẽ tự tiếp tục.
live-end-slow = Cập nhật trực tiếp đã dừng vì trang này không theo kịp. Hãy tải lại trang để xem tình hình hiện tại.

## An open page whose session has ended
ended-title = Bạn đã đăng xuất · Guildhall
ended-nothing = Trang này không còn hiển thị gì nữa vì bạn đã đăng xuất. Để tiếp tục:
ended-unsent = Vì bạn đã đăng xuất, trang này chỉ còn hiển thị những gì bạn chưa gửi. Chúng vẫn ở đây cho đến khi bạn đóng trang. Hãy gửi đi, chúng sẽ được giữ một giờ trong lúc bạn đăng nhập; hoặc sao chép lại trước.
ended-another = Trang này không còn hiển thị gì nữa vì người khác đã đăng nhập trong trình duyệt này. Để chính bạn tiếp tục:
ended-anew = Bạn đã đăng nhập lại sau khi mở trang này. Những gì bạn nhập vẫn còn đây. Khi bạn gửi đi, chúng sẽ hiện ra thêm một lần để bạn gửi lại, vì trang này còn thuộc về phiên trước của bạn.
ended-unsure = Hiện chưa hỏi được Guildhall xem bạn còn đăng nhập hay không. Trong lúc đó trang này không hiển thị gì; những gì bạn nhập trên trang vẫn được giữ.
ended-again = Hỏi lại

## Lines at the top of a form
notice-rows = Danh sách chỉ mới thay đổi trên trang này. Chưa có gì được lưu: hãy chọn Lưu khi bạn làm xong.
notice-draft = Đây là những gì bạn đã nhập trước khi đăng nhập lại. Chưa được lưu: hãy xem lại rồi lưu.
notice-draft-looked-at = Đây là những gì bạn đã nhập trước khi đăng nhập lại. Chưa được lưu và được giữ trong một giờ: hãy lưu khi bạn được phép thay đổi phần này.
notice-draft-unsent = Đây là những gì bạn đã nhập trước khi đăng nhập lại. Chưa có gì được gửi đi: hãy xem lại trước đã.
notice-schema = Guildhall đã được cập nhật trong lúc bạn mở trang này. Những gì bạn nhập vẫn được giữ; hãy xem các cài đặt mới rồi chọn Lưu.
notice-preview = Đây là bản xem trước. Chưa có gì được lưu.
notice-no-preview = Ở đây không có gì để xem trước. Chưa có gì được lưu.

## Choices and values
form-chosen = { $count ->
    [0] Chưa chọn
   *[other] Đã chọn { $count }
}
choice-none = Không chọn
choice-choose = Hãy chọn
choice-automatic = Tự động
choice-unknown = Một lựa chọn không còn nữa
choice-bot-away = Không rõ khi bot vắng mặt
choice-channel-gone = Đã xóa hoặc bot không thấy
choice-channel-unseen = Một kênh bạn không xem được
choice-channel-kind = Không đúng loại cần ở đây
choice-role-gone = Một vai trò đã bị xóa
choice-numbered = { $what } (ID …{ $end })
choice-category-fullness = { $count }/{ $max } kênh
value-on = Bật
value-off = Tắt
value-changed = đã đổi
value-none = Không có
fact = { $label }: { $value }
facts-more = và { $count } cài đặt nữa

## About the whole form
problem-form = Không đọc được các cài đặt này. Hãy tải lại trang và nhập lại thay đổi của bạn.
problem-revision-missing = Biểu mẫu gửi đến thiếu số phiên bản, nên không biết được có ai khác vừa lưu hay không. Hãy tải lại trang và nhập lại thay đổi của bạn.
form-sent-twice = Ô “{ $name }” được gửi đến hai lần. Hãy tải lại trang và nhập lại thay đổi của bạn.
form-cut-off = Biểu mẫu bị cắt ngang trên đường đến đây.
form-not-utf8 = Biểu mẫu có những byte không phải văn bản (UTF-8).
request-unreadable = Không hiểu được yêu cầu này.

## Errors: what happened, what it means, what next
error-nothing-saved = Chưa có gì được lưu.
error-kept = Chưa có gì được lưu, nhưng những gì bạn nhập được giữ trong một giờ. Hãy đăng nhập lại, nội dung sẽ còn đó.
error-send-again = Gửi lại
error-unreadable-title = Không hiểu được yêu cầu này
error-unreadable-advice = Hãy quay lại, tải lại trang rồi thử lần nữa.
error-signed-out-title = Bạn đã đăng xuất
error-signed-out-advice = Hãy đăng nhập lại rồi thực hiện thay đổi lần nữa.
error-signed-out-draft-title = Bạn đã đăng xuất
error-signed-out-draft-advice = Thay đổi của bạn chưa được lưu, nhưng những gì bạn nhập được giữ trong một giờ. Hãy đăng nhập lại, nội dung sẽ còn đó.
error-no-access-title = Bạn không quản lý được máy chủ này
error-no-access-advice = Hoặc ở đây không biết máy chủ này, hoặc bạn không được phép quản lý nó. Bạn cần là chủ máy chủ, hoặc có quyền Quản trị viên hay Quản lý máy chủ, hoặc được người quản lý cho vào nhóm cộng sự. Nếu bạn vừa được cấp quyền, hãy đợi một phút rồi thử lại.
error-not-given-title = Bạn chưa được cho vào phần này
error-not-given-advice = Bạn dùng được những phần khác của máy chủ này. Với phần này, hãy hỏi người quản lý máy chủ: họ có thể cho bạn vào ở trang “Cộng sự”.
error-second-factor-title = Máy chủ này yêu cầu xác thực hai yếu tố
error-second-factor-advice = Ai muốn thay đổi ở đây đều phải có, mà tài khoản Discord của bạn chưa có khi bạn đăng nhập vào đây, hoặc bạn đã đăng nhập trước khi Guildhall hỏi đến. Nếu đã bật rồi, bạn chỉ cần đăng nhập lại ở đây. Nếu chưa, trước hết hãy bật nó trong Discord (Cài đặt người dùng → Tài khoản của tôi).
error-second-factor-always-title = Trang quản trị này yêu cầu xác thực hai yếu tố
error-second-factor-always-advice = Ai muốn thay đổi, ở bất kỳ máy chủ nào, đều phải có, mà tài khoản Discord của bạn chưa có khi bạn đăng nhập vào đây, hoặc bạn đã đăng nhập trước khi Guildhall hỏi đến. Nếu đã bật rồi, bạn chỉ cần đăng nhập lại ở đây. Nếu chưa, trước hết hãy bật nó trong Discord (Cài đặt người dùng → Tài khoản của tôi).
error-form-refused-title = Biểu mẫu này đã quá cũ
error-form-refused-advice = Nó được mở trước lần đăng nhập gần nhất của bạn, hoặc không đến từ một trang của Guildhall. Hãy tải lại trang trước khi thay đổi bất cứ điều gì.
error-bot-absent-title = Bot không có trên máy chủ này
error-bot-absent-advice = Không thể thay đổi cài đặt khi bot vắng mặt. Hãy mở trang của máy chủ để mời lại bot; những gì đã đặt trước đó được giữ trong 30 ngày.
error-not-found-title = Không có trang này
error-not-found-advice = Hãy kiểm tra địa chỉ, hoặc bắt đầu từ danh sách máy chủ của bạn.
error-method-title = Trang này không làm được việc đó
error-method-advice = Hãy quay lại và dùng các nút trên trang.
error-too-large-title = Quá nhiều dữ liệu cùng lúc
error-too-large-advice = Dữ liệu bạn gửi lớn hơn mức cần thiết ở đây: biểu mẫu tối đa 1 MiB, tệp tối đa 2 MiB. Hãy rút ngắn những đoạn dài nhất hoặc chọn tệp nhỏ hơn rồi thử lại.
error-too-slow-title = Gửi yêu cầu này mất quá nhiều thời gian
error-too-slow-advice = Dữ liệu bạn gửi không đến đủ trong vòng một phút nên đã bị bỏ qua. Hãy kiểm tra kết nối, quay lại và gửi lần nữa.
error-wrong-host-title = Địa chỉ này không được phục vụ ở đây
error-wrong-host-advice = Hãy dùng địa chỉ bạn được cung cấp cho trang quản trị này.
error-unsupported-type-title = Yêu cầu có định dạng không rõ
error-unsupported-type-advice = Hãy dùng biểu mẫu trên trang. Script cần gửi application/x-www-form-urlencoded, và multipart/form-data ở nơi cần tệp, cả hai đều không nén.
error-too-many-title = Quá nhiều thao tác trong thời gian ngắn
error-too-many-advice = Hãy đợi { $seconds } giây rồi thử lại.
error-internal-title = Đã xảy ra lỗi ở phía chúng tôi
error-internal-advice = Lỗi đã được ghi lại. Hãy thử lại sau giây lát; nếu vẫn xảy ra, hãy báo cho người vận hành trang quản trị này.
error-discord-title = Discord không trả lời
error-discord-advice = Guildhall hỏi Discord xem bạn được phép làm gì chứ không phỏng đoán. Hãy thử lại sau một phút.
error-discord-wait-title = Discord yêu cầu chúng tôi chờ
error-discord-wait-advice = Hãy thử lại sau { $seconds } giây.
error-misconfigured-title = Trang quản trị chưa được thiết lập đúng
error-misconfigured-advice = Discord không chấp nhận thông tin xác thực của trang quản trị. Người vận hành cần sửa việc này; cài đặt của bạn vẫn an toàn.
error-database-title = Hiện không truy cập được cài đặt
error-database-advice = Hãy thử lại sau vài giây.
action-sign-in = Đăng nhập lại
action-try-sign-in = Thử đăng nhập lại
action-try-again = Thử lại
action-home = Về trang đầu
action-servers = Đến máy chủ của bạn
action-server = Đến trang của máy chủ
action-load-again = Tải lại trang

## Permissions, as Discord names them
permission-view-channel = Xem kênh
permission-connect = Kết nối
permission-speak = Nói
permission-manage-channels = Quản lý kênh
permission-manage-roles = Quản lý vai trò
permission-move-members = Di chuyển thành viên
permission-send-messages = Gửi tin nhắn
permission-embed-links = Nhúng liên kết
permission-attach-files = Đính kèm tệp
permission-read-message-history = Đọc lịch sử tin nhắn
