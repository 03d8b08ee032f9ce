### Where somebody is, and how they get elsewhere.

## Titles: the page, its place, its server, the site
title-in-place = { $page } · { $place } · { $server } · Guildhall
title-on-server = { $page } · { $server } · Guildhall
title-page = { $page }
title-saved = Đã lưu: { $title }
title-wrong = Lỗi: { $title }
title-conflict = Xung đột: { $title }

## The navigation inside a server
nav-group-settings = Cài đặt
nav-group-live = Đang diễn ra
nav-group-history = Lịch sử
nav-crumbs = Bạn đang ở đây

## Skipping what repeats
skip-form = Đến biểu mẫu
skip-errors = Đến những chỗ cần sửa

## Switching servers
switcher-open = đổi máy chủ
switcher-title = Đổi máy chủ
switcher-here = Đang xem
switcher-none = Không có máy chủ nào tên như vậy.
switcher-failed = Hiện chưa liệt kê được máy chủ của bạn. Chọn “Tất cả máy chủ” bên dưới để thử lại.
pin-add = Ghim
pin-remove = Bỏ ghim
picker-pinned = Đã ghim
flash-pinned = Đã ghim { $server }. Máy chủ này đứng đầu danh sách của bạn.
flash-unpinned = Đã bỏ ghim { $server }.
flash-pins-full = Chỉ ghim được tối đa { $most } máy chủ. Hãy bỏ ghim một máy chủ trước.

## Finding anything by its name
title-search = Tìm kiếm
title-search-all = Tìm kiếm · Guildhall
palette-open = Tìm
palette-title = Tìm trang, cài đặt hoặc máy chủ
palette-label = Bạn đang tìm gì?
palette-lead = Trên { $server } và trong số các máy chủ của bạn.
palette-lead-all = Trong số các máy chủ của bạn. Mở một máy chủ để tìm cả cài đặt của nó.
palette-do = Tìm
palette-close = Đóng
palette-help = Ví dụ “âm lượng tối đa” hoặc “danh mục ticket”. Thứ tự các từ không quan trọng.
palette-keys = Ctrl K
palette-keys-mac = ⌘ K
palette-key = mở ô này từ bất kỳ trang nào.
palette-slash = Phím / cũng vậy, khi không ở trong ô nhập
palette-found = Kết quả
palette-count = Tìm thấy { $count } mục
palette-none = Không có gì tên là { $query }. Hãy thử ít từ hơn hoặc từ khác.
palette-some = Các trang và máy chủ. Gõ để tìm cả từng cài đặt riêng.
palette-no-servers = Hiện Discord chưa cho biết bạn quản lý những máy chủ nào nên chưa tìm được trong đó.
palette-failed = Hiện không tìm kiếm được. Nhấn Enter để thử trên một trang riêng.
palette-kind-server = Máy chủ
palette-kind-page = Trang
palette-kind-module = Mô-đun
palette-kind-setting = Cài đặt

## Other words by which a page is found
palette-also-nav-overview = trang chủ bắt đầu hoạt động dashboard
palette-also-nav-giveaways = quà tặng rút thăm bốc thăm quay số trúng thưởng giải thưởng người thắng đang diễn ra
palette-also-nav-tickets = thẻ hỗ trợ trợ giúp support đang mở đã đóng bản ghi transcript
palette-also-nav-panels = panel nút bấm tin nhắn loại danh mục câu hỏi
palette-also-nav-rooms = kênh thoại voice đang mở
palette-also-nav-playlists = playlist bài hát nhạc trình phát hàng chờ
palette-also-nav-changes = lịch sử log audit hoàn tác khôi phục ai
palette-also-title-ratings = sao nhận xét phản hồi review
palette-also-giveaways-new = tạo bắt đầu rút thăm quay số
palette-also-panels-new = tạo bảng ticket panel
palette-also-playlists-new = tạo playlist bài hát
palette-also-nav-carry = sao lưu backup tải xuống tải lên tệp json
palette-also-title-copy = nhân bản máy chủ khác chuyển
palette-also-title-control-panel = nút bấm đăng kênh
palette-also-tempvoice-name = kênh thoại voice phòng tạm thời vào để tạo
palette-also-giveaway-name = quà tặng rút thăm mặc định
palette-also-tickets-name = thẻ hỗ trợ trợ giúp support
palette-also-music-name = music bài hát trình phát
palette-also-picker-title = mọi máy chủ đổi
palette-also-preferences-title = tài khoản hồ sơ ngôn ngữ tối sáng
palette-also-account-title = xóa dữ liệu quyền riêng tư xuất ngắt kết nối
palette-also-sessions-title = tài khoản thiết bị trình duyệt đăng xuất mọi nơi

## How many there are in a tab
tab-count = { $count }
tab-count-more = { $count }+

## The picture that others see
share-image = Mặt tiền một tòa hội quán vẽ bằng nét màu đồng, bên cạnh là tên Guildhall.
