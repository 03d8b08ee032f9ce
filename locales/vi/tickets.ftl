### Tickets

tickets-name = Ticket
tickets-purpose = Hỗ trợ riêng cho thành viên, có lưu bản ghi.

## Where tickets are
tickets-section-general = Ticket ở đâu, và ai trả lời
tickets-enabled = Bật Ticket
tickets-enabled-hint = Cần một danh mục.
tickets-category-id = Danh mục
tickets-category-id-hint = Ticket mới là các kênh trong đây. Một danh mục chứa 50 kênh.
tickets-overflow-category-id = Danh mục dự phòng
tickets-overflow-category-id-hint = Nhận những ticket không còn chỗ.
tickets-closed-category-id = Danh mục cho ticket đã đóng
tickets-closed-category-id-hint = Không chọn = ticket ở nguyên chỗ cũ.
tickets-support-role-ids = Vai trò hỗ trợ
tickets-support-role-ids-hint = Tối đa 20. Họ xem và trả lời được mọi ticket.
tickets-naming-template = Tên kênh của ticket
tickets-naming-template-hint = Cần {"{number}"}, {"{user}"} hoặc {"{username}"}. Bạn cũng có thể dùng {"{category}"}.
tickets-log-channel-id = Kênh nhật ký
tickets-log-channel-id-hint = Bot ghi lại ở đó những gì xảy ra với các ticket. Không chọn = không ghi nhật ký.

## Opening
tickets-section-opening = Mở ticket
tickets-max-open-per-user = Số ticket một thành viên được mở cùng lúc
tickets-cooldown-minutes = Thời gian chờ giữa hai ticket
tickets-cooldown-minutes-hint = Cho từng thành viên. 0 = không phải chờ.
tickets-anti-raid-enabled = Tạm dừng khi có quá nhiều ticket dồn dập
tickets-anti-raid-enabled-hint = Không ai mở được ticket trong 5 phút, và kênh nhật ký được báo.
tickets-anti-raid-threshold = Bao nhiêu được coi là dồn dập
tickets-anti-raid-threshold-hint = Bấy nhiêu ticket mới trong một phút, trên toàn máy chủ.
tickets-claim-enabled = Đội hỗ trợ có thể nhận ticket
tickets-claim-enabled-hint = Cho mọi người thấy ai đang xử lý.

## Closing
tickets-section-closing = Đóng ticket
tickets-members-may-close = Thành viên được tự đóng ticket của mình
tickets-close-needs-reason = Cần lý do khi đóng
tickets-reopen-enabled = Ticket đã đóng có thể mở lại
tickets-reopen-minutes = Được mở lại trong
tickets-reopen-minutes-hint = 0 = luôn được, miễn là kênh còn đó.
tickets-delete-delay-seconds = Xóa kênh của ticket đã đóng sau
tickets-delete-delay-seconds-hint = 0 = giữ lại.
tickets-auto-close-hours = Tự đóng ticket không có tin nhắn mới sau
tickets-auto-close-hours-hint = 0 = không bao giờ.

## Transcripts
tickets-section-transcripts = Bản ghi
tickets-transcripts-enabled = Lưu bản ghi của mỗi ticket
tickets-transcript-channel-id = Kênh bản ghi
tickets-transcript-channel-id-hint = Ai đọc được kênh này thì đọc được mọi ticket. Không chọn = bản ghi chỉ có ở đây.
tickets-transcript-dm = Gửi riêng bản ghi cho thành viên

## Ratings
tickets-section-ratings = Đánh giá
tickets-ratings-enabled = Hỏi đánh giá
tickets-rating-channel-id = Kênh đánh giá
tickets-rating-channel-id-hint = Những đánh giá tốt có nội dung sẽ được đăng ở đó.
tickets-review-min-stars = Số sao cần có để được đăng
tickets-review-auto-approve = Đăng mà không cần hỏi đội hỗ trợ
tickets-review-auto-approve-hint = Tắt: phải có người duyệt từng đánh giá trước.

## Messages
tickets-section-messages = Tin nhắn
tickets-welcome-message = Trong ticket mới
tickets-welcome-message-hint = Tắt: không gửi gì.
tickets-claim-message = Khi ticket được nhận
tickets-claim-message-hint = Tắt: bot dùng nội dung có sẵn.
tickets-close-message = Khi ticket được đóng
tickets-close-message-hint = Tắt: không gửi gì.
tickets-thank-you-message = Khi hỏi đánh giá
tickets-thank-you-message-hint = Tắt: bot dùng nội dung có sẵn.
tickets-review-message = Đánh giá trong kênh đánh giá
tickets-review-message-hint = Tắt: bot dùng nội dung có sẵn.
