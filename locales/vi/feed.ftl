# What the bot did and saw, on the overview and in notices of open pages.
feed-title = Hoạt động
feed-empty = Chưa có gì xảy ra. Những gì bot và các quản trị viên làm sẽ hiện ở đây.
feed-all-changes = Tất cả thay đổi
feed-unnamed = không tên
feed-ticket = ticket #{ $number }
feed-ticket-unnumbered = một ticket
feed-changed = { $who } đã thay đổi { $module }
feed-reset = { $who } đã đặt lại { $module } về mặc định
feed-restored = { $who } đã khôi phục một phiên bản trước của { $module }
feed-content = { $who } đã đổi “{ $label }” ({ $module })
feed-content-create = { $who } đã tạo “{ $label }” ({ $module })
feed-content-delete = { $who } đã xóa “{ $label }” ({ $module })
feed-content-end = Quyền của “{ $label }” đã hết hạn ({ $module })
feed-command = { $who }: { $doing }

feed-giveaway-started = Giveaway { $prize } đã bắt đầu
feed-giveaway-ended = { $winners ->
    [0] Giveaway { $prize } đã kết thúc mà không có người thắng
   *[other] Giveaway { $prize } đã kết thúc với { $winners } người thắng
}
feed-giveaway-rerolled = Giveaway { $prize } có { $winners } người thắng mới
feed-giveaway-cancelled = Giveaway { $prize } đã bị hủy
feed-ticket-opened = { $name } đã mở { $ticket }
feed-ticket-claimed = { $name } đã nhận { $ticket }
feed-ticket-closed = Đã đóng: { $ticket }
feed-ticket-reopened = Đã mở lại: { $ticket }
feed-ticket-deleted = Đã xóa: { $ticket }
feed-ticket-rated = Một đánh giá { $stars } sao cho { $ticket }
feed-room-opened = Phòng { $name } đã được mở
feed-room-closed = Phòng { $name } đã đóng
feed-track-started = Đang phát: { $title }
feed-queue-ended = Nhạc đã hết
feed-member-joined = { $name } đã vào máy chủ
feed-member-left = { $name } đã rời máy chủ
feed-xp-gained = { $name } nhận được điểm kinh nghiệm
feed-xp-gained-amount = { $name } nhận được { $amount } điểm kinh nghiệm
feed-level-reached = { $name } đã lên cấp mới
feed-level-reached-level = { $name } đã đạt cấp { $level }
feed-moderated = Người kiểm duyệt đã xử lý { $name }
feed-moderated-action = Người kiểm duyệt đã xử lý { $name }: { $action }
feed-settings-told = Bot đã báo cài đặt { $module } của nó
feed-bot-joined = Bot đã vào máy chủ
feed-bot-left = Bot đã rời máy chủ
feed-ended-unwatched = { $count } giveaway, ticket hoặc phòng đã kết thúc khi không có ai theo dõi

notice-region = Thông báo
notice-dismiss = Đóng
notice-look = Xem
