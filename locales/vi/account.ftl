### A person's own account: where they are signed in, and what they can do about what is kept of them.

own-label = Tài khoản của bạn
own-preferences = Tùy chọn
own-sessions = Phiên đăng nhập
own-account = Tài khoản

title-sessions = Nơi bạn đang đăng nhập · Guildhall
title-sessions-others = Kết thúc mọi phiên khác? · Guildhall
sessions-title = Nơi bạn đang đăng nhập
sessions-lead = Mỗi trình duyệt mà bạn đã đăng nhập và chưa đăng xuất. Nếu có phiên nào bạn không nhận ra, hãy kết thúc nó.
sessions-this = Trình duyệt này
sessions-from = Từ
sessions-since = Đăng nhập lúc
sessions-seen = Lần cuối
sessions-end = Kết thúc
sessions-hint = Trình duyệt và hệ điều hành là do trình duyệt tự khai. Chỉ phần đầu của địa chỉ mạng được lưu. “Lần cuối” chính xác đến một phút.
sessions-end-others = Kết thúc mọi phiên khác
sessions-others-title = Kết thúc mọi phiên khác?
sessions-others-lead = Bạn sẽ bị đăng xuất ngay ở { $count } trình duyệt khác. Ở đây bạn vẫn đăng nhập.
sessions-others-keep = Giữ lại
flash-session-ended = Đã kết thúc phiên. Trình duyệt đó đã bị đăng xuất.
flash-session-gone = Phiên đó đã kết thúc từ trước.
flash-sessions-no-others = Không có phiên nào khác. Chỉ trình duyệt này đang đăng nhập.
flash-sessions-ended = Đã kết thúc { $count } phiên khác.

session-device = { $browser } trên { $system }
session-browser = { $browser }
session-system = Một trình duyệt trên { $system }
session-unknown = Một trình duyệt không rõ
session-place = mạng { $network }
session-place-local = mạng nội bộ { $network }
session-place-here = chính máy đang chạy bảng điều khiển này
session-place-unknown = mạng không rõ

title-account = Tài khoản của bạn · Guildhall
title-disconnection = Ngắt kết nối với Discord? · Guildhall
account-title = Tài khoản của bạn
account-lead = Những gì được lưu về bạn ở đây và những gì bạn có thể làm với chúng.
account-disconnection = Ngắt kết nối với Discord
account-disconnection-what = Thu hồi quyền truy cập bạn đã cấp khi đăng nhập và đăng xuất bạn ở mọi trình duyệt.
disconnection-title = Ngắt kết nối với Discord?
disconnection-lead = Bạn sẽ bị đăng xuất ngay ở mọi trình duyệt. Discord được báo rằng bảng điều khiển này không còn được phép thay bạn hỏi bạn là ai và bạn ở những máy chủ nào; cả hai khóa cho việc đó đều bị xóa ở đây.
disconnection-stays = Tùy chọn, máy chủ đã ghim và những gì bạn đã làm trong nhật ký thay đổi của các máy chủ vẫn còn. Trên các máy chủ của bạn không có gì thay đổi. Khi bạn đăng nhập lại, Discord sẽ hỏi bạn lần nữa.
disconnection-do = Ngắt kết nối
disconnection-keep = Giữ kết nối
flash-disconnected = Bạn đã ngắt kết nối: đã đăng xuất ở mọi nơi và Discord đã thu hồi quyền truy cập.
flash-disconnected-unconfirmed = Bạn đã đăng xuất ở mọi nơi và các khóa ở đây đã bị xóa, nhưng Discord chưa xác nhận. Để chắc chắn, hãy mở Discord, vào Cài đặt người dùng → Ứng dụng đã cấp phép, và gỡ ứng dụng này ở đó.

account-data = Mang dữ liệu của bạn theo
account-data-what = Một tệp với tất cả những gì được lưu về bạn: bạn là ai, các phiên và tùy chọn, những gì bạn đã thay đổi, và những chỗ mà phiếu hỗ trợ, đánh giá, giveaway, phòng và bài hát nhắc đến bạn. Tệp ở dạng JSON cho các chương trình và không chứa khóa nào.
data-do = Tải dữ liệu của bạn
account-deletion = Xóa tài khoản
account-deletion-what = Xóa những gì được lưu về bạn ở đây. Những gì bạn đã làm trên các máy chủ vẫn còn trong nhật ký của họ, không kèm tên bạn.
title-deletion = Xóa tài khoản? · Guildhall
deletion-title = Xóa tài khoản của bạn?
deletion-lead = Không thể hoàn tác. Bạn sẽ bị đăng xuất ở mọi trình duyệt và Discord thu hồi quyền truy cập.
deletion-goes = Những gì mất đi: tên và ảnh của bạn, các phiên, tùy chọn, máy chủ đã ghim, bản nháp, những gì bạn được cấp đích danh với tư cách cộng sự và các khóa truy cập của bạn ở Discord.
deletion-log = Những gì ở lại mà không có tên bạn: những gì bạn đã thay đổi trên các máy chủ. Trong nhật ký thay đổi, một con số mà không ai ở Discord mang sẽ đứng thay cho bạn.
deletion-servers = Những gì giữ nguyên: những gì bot đã kể về các máy chủ, như phiếu hỗ trợ, bản ghi, đánh giá và giveaway có nhắc đến bạn. Chúng thuộc về các máy chủ; hãy hỏi những người điều hành máy chủ hoặc bảng điều khiển này.
deletion-data = Bạn có thể mang dữ liệu theo trước.
deletion-do = Xóa tài khoản
deletion-keep = Giữ lại
flash-account-deleted = Tài khoản của bạn đã bị xóa và Discord đã thu hồi quyền truy cập.
flash-account-deleted-unconfirmed = Tài khoản của bạn ở đây đã bị xóa, nhưng Discord chưa xác nhận rằng quyền truy cập đã mất. Để chắc chắn, hãy mở Discord, vào Cài đặt người dùng → Ứng dụng đã cấp phép, và gỡ ứng dụng này ở đó.
