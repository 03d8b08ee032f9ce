### TempVoice

tempvoice-name = TempVoice
tempvoice-purpose = Vào một kênh, có ngay phòng riêng.

## Creating rooms
tempvoice-section-general = Tạo phòng
tempvoice-section-general-intro = Ai vào kênh tạo phòng sẽ có một kênh thoại riêng và được chuyển vào đó.
tempvoice-enabled = Bật TempVoice
tempvoice-enabled-hint = Cần ít nhất một kênh tạo phòng bên dưới.
tempvoice-creators = Kênh tạo phòng
tempvoice-creators-hint = Tối đa 10. Mỗi kênh tạo ra một kiểu phòng riêng.
tempvoice-creators-row = Kênh tạo phòng { $number }
tempvoice-creators-add = Thêm kênh tạo phòng
tempvoice-creators-empty = Chưa có kênh tạo phòng nào.
tempvoice-creators-creator-channel-id = Kênh cần vào
tempvoice-creators-creator-channel-id-hint = Một kênh thoại. Mỗi kênh chỉ dùng một lần.
tempvoice-creators-category-id = Danh mục chứa các phòng
tempvoice-creators-category-id-hint = Một danh mục chứa 50 kênh.
tempvoice-creators-name-template = Tên phòng
tempvoice-creators-name-template-hint = Bạn có thể dùng {"{user}"}, {"{username}"}, {"{activity}"} và {"{number}"}.
tempvoice-creators-user-limit = Số chỗ trong phòng
tempvoice-creators-user-limit-hint = 0 = không giới hạn.
tempvoice-creators-privacy = Phòng mới
tempvoice-creators-privacy-open = Mở cho mọi người
tempvoice-creators-privacy-locked = Khóa, không vào được
tempvoice-creators-privacy-hidden = Ẩn
tempvoice-overflow-category-id = Danh mục dự phòng
tempvoice-overflow-category-id-hint = Nhận những phòng không còn chỗ. Không trùng với danh mục của các kênh tạo phòng.
tempvoice-log-channel-id = Kênh nhật ký
tempvoice-log-channel-id-hint = Bot ghi lại ở đó những phòng được tạo và đóng. Không chọn = không ghi nhật ký.

## Rooms
tempvoice-section-rooms = Phòng
tempvoice-bitrate-kbps = Chất lượng âm thanh
tempvoice-bitrate-kbps-hint = Từ 8 đến mức mà lượt boost của máy chủ cho phép.
tempvoice-region = Khu vực thoại
tempvoice-region-hint = “Tự động” phù hợp với hầu hết máy chủ.
tempvoice-max-rooms-per-member = Số phòng một thành viên được có cùng lúc
tempvoice-voice-role-id = Vai trò khi ở trong phòng
tempvoice-voice-role-id-hint = Được cấp khi vào phòng và thu lại khi rời phòng. Phải nằm dưới vai trò cao nhất của bot và của bạn.

## Tidying up
tempvoice-section-tidying = Dọn dẹp
tempvoice-delete-when-empty = Xóa phòng trống
tempvoice-empty-grace-seconds = Chờ trước khi xóa phòng trống
tempvoice-empty-grace-seconds-hint = 0 = xóa ngay.
tempvoice-auto-lock-minutes = Khóa phòng sau
tempvoice-auto-lock-minutes-hint = Tính từ lúc tạo phòng. 0 = không bao giờ.
tempvoice-idle-kick-minutes = Ngắt kết nối thành viên không hoạt động sau
tempvoice-idle-kick-minutes-hint = Không hoạt động là ở một mình hoặc tắt nghe. 0 = không bao giờ.

## What an owner may do
tempvoice-section-owner = Chủ phòng được làm gì
tempvoice-section-owner-intro = Bot đăng một bảng điều khiển trong mỗi phòng cho chủ phòng.
tempvoice-owner-controls = Các nút trên bảng
tempvoice-owner-controls-hint = Không chọn nút nào = không đăng bảng.
tempvoice-owner-controls-rename = Đổi tên phòng
tempvoice-owner-controls-limit = Đặt số chỗ
tempvoice-owner-controls-lock = Khóa và mở khóa
tempvoice-owner-controls-hide = Ẩn và hiện
tempvoice-owner-controls-bitrate = Đổi chất lượng âm thanh
tempvoice-owner-controls-region = Đổi khu vực
tempvoice-owner-controls-permit = Cho một thành viên vào
tempvoice-owner-controls-reject = Không cho một thành viên vào
tempvoice-owner-controls-invite = Mời một thành viên
tempvoice-owner-controls-kick = Ngắt kết nối một thành viên
tempvoice-owner-controls-block = Chặn một thành viên khỏi mọi phòng của mình
tempvoice-owner-controls-unblock = Bỏ chặn một thành viên
tempvoice-owner-controls-claim = Nhận phòng khi chủ phòng đã rời
tempvoice-owner-controls-transfer = Chuyển giao phòng
tempvoice-owner-controls-delete = Xóa phòng
tempvoice-panel-layout = Bố cục bảng
tempvoice-panel-layout-compact = Gọn: biểu tượng kèm chữ ngắn
tempvoice-panel-layout-expanded = Đầy đủ: giải thích từng nút
tempvoice-panel-layout-minimal = Tối giản: chỉ biểu tượng
tempvoice-panel-color = Màu của bảng
tempvoice-panel-image-url = Ảnh của bảng
tempvoice-panel-image-url-hint = Một địa chỉ https, hoặc để trống nếu không có.
