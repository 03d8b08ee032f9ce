### A person's own account: where they are signed in.

own-label = Tài khoản của bạn
own-preferences = Tùy chọn
own-sessions = Phiên đăng nhập

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
