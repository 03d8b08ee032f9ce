### What is wrong with a setting, and what to do.

## Reading a field
problem-missing = Ô này không được gửi đến. Hãy tải lại trang rồi lưu.
problem-not-a-number = Nhập một số nguyên từ { $min } đến { $max }.
problem-number-range = Giá trị phải từ { $min } đến { $max }.
problem-empty = Hãy nhập nội dung vào đây.
problem-too-short = Nhập ít nhất { $min } ký tự.
problem-too-long = Rút ngắn còn { $max } ký tự. Hiện có { $length }.
problem-control-character = Hãy xóa các ký tự điều khiển vô hình. Ô một dòng không được có ngắt dòng.
problem-color = Nhập màu dạng #rrggbb, ví dụ #3b82f6.
problem-url = Nhập địa chỉ đầy đủ bắt đầu bằng https://, ví dụ https://example.com/image.png.
problem-choice = Hãy chọn một mục trong danh sách.
problem-choose-one = Hãy chọn một mục.
problem-too-many = Chọn tối đa { $max }. Bạn đã chọn { $chosen }.
problem-too-many-rows = Hãy gỡ bớt vài hàng. Chỉ được tối đa { $max }.
problem-too-many-lines = Nhập tối đa { $max } dòng. Hiện có { $count }.
problem-line-too-long = Rút ngắn dòng { $line } còn { $max } ký tự.
problem-placeholder = { $name } không dùng được ở đây. Bạn có thể dùng: { $allowed }
problem-embed-total = Rút ngắn toàn bộ embed còn { $max } ký tự. Hiện có { $length }.
problem-template-empty = Nhập văn bản hoặc điền embed, hoặc tắt tin nhắn này.

## Channels
problem-channel-gone = Kênh này đã bị xóa hoặc bot không thấy. Hãy chọn kênh khác, hoặc cho bot xem kênh này.
problem-channel-unseen = Bạn không xem được kênh này. Hãy chọn kênh mà bạn xem được.
problem-channel-kind = { $channel } không đúng loại kênh. Hãy chọn kênh khác.
problem-channel-no-write = Chính bạn không viết được trong { $channel }, nên bot không được thay bạn thông báo ở đó. Hãy chọn kênh khác.
problem-bitrate-range = Nhập một số nguyên từ { $min } đến mức mà lượt boost của máy chủ cho phép.
problem-bitrate = Lượt boost của máy chủ chỉ cho phép tối đa { $max } kbit/s.
problem-region = Discord không còn khu vực này. Hãy chọn khu vực khác.

## Roles
problem-role-gone = Vai trò này đã bị xóa. Hãy chọn vai trò khác.
problem-role-everyone = Ai cũng có vai trò này. Hãy chọn vai trò khác.
problem-role-managed = { $role } thuộc về một tích hợp nên không cấp được. Hãy chọn vai trò khác.
problem-role-bot-cannot = Bot không cấp được { $role }. Trong Discord: Cài đặt máy chủ → Vai trò, hãy bật Quản lý vai trò cho vai trò của bot.
problem-role-above-bot = { $role } không nằm dưới vai trò cao nhất của bot. Trong Discord: Cài đặt máy chủ → Vai trò, hãy kéo vai trò của bot lên trên nó.
problem-role-above-you = { $role } không nằm dưới vai trò cao nhất của bạn. Hãy chọn vai trò thấp hơn.
problem-role-you-cannot = Bạn không cấp được { $role } vì bạn không có quyền quản lý vai trò trên Discord.
problem-role-ping = Bạn không ping được { $role }. Hãy chọn vai trò khác, hoặc cho phép mọi người nhắc đến nó trên Discord.

## Emoji
problem-emoji = Nhập một emoji, hoặc emoji riêng của máy chủ này dạng {"<:name:id>"}.
problem-emoji-gone = Máy chủ này không có emoji đó. Hãy chọn emoji khác.
problem-emoji-unavailable = Không dùng được emoji này vì máy chủ đã mất lượt boost. Hãy chọn emoji khác.

## TempVoice
problem-tempvoice-no-creator = Thêm một kênh tạo phòng, hoặc tắt TempVoice. Thiếu nó thì không ai có phòng.
problem-tempvoice-creator-twice = Một kênh tạo phòng khác đã dùng kênh này. Hãy chọn kênh khác.
problem-tempvoice-overflow-same = Phòng của một kênh tạo phòng đã được đặt ở đây. Hãy chọn danh mục khác.
problem-tempvoice-fills-up = Phòng trống vẫn được giữ, mà một danh mục chỉ chứa 50 kênh. Hãy chọn danh mục dự phòng, nếu không một số thành viên sẽ không có phòng.

## Giveaway
problem-giveaway-blocked-and-required = { $role } đang là vai trò bắt buộc ở trên. Hãy gỡ nó ở đây hoặc ở đó.
problem-giveaway-bonus-twice = { $role } đã có lượt cộng thêm. Chỉ dùng một hàng cho vai trò này.
problem-giveaway-reroll-needs-claim = Đặt ít nhất 1 giờ, hoặc tắt tự bốc thăm lại. Tính năng này chờ những giải không được nhận kịp.

## Tickets
problem-tickets-no-category = Chọn một danh mục, hoặc tắt Ticket.
problem-tickets-overflow-same = Đây là danh mục mà ticket được đặt vào trước tiên. Hãy chọn danh mục khác.
problem-tickets-naming = Thêm {"{number}"}, {"{user}"} hoặc {"{username}"} vào tên để phân biệt các ticket.
problem-tickets-no-support = Chưa chọn vai trò nào: chỉ quản trị viên thấy được ticket.
problem-tickets-transcripts-open = Mọi người trên máy chủ đều đọc được kênh này, tức là đọc được mọi bản ghi. Nếu bạn không muốn vậy, hãy chọn một kênh riêng tư.
problem-tickets-reopen-too-late = Kênh bị xóa sau khi đóng { $seconds } giây. Khi đó không mở lại ticket được nữa.
problem-tickets-no-rating-channel = Bot hỏi đánh giá nhưng không đăng ở đâu cả. Hãy chọn kênh đánh giá để đăng những đánh giá tốt.

## Music
problem-music-no-dj = Chọn một vai trò DJ, hoặc cho mọi người dùng trình phát.
problem-music-volume = Không được cao hơn âm lượng tối đa là { $max }.
problem-music-silent = Ở mức 0 thì không ai nghe thấy gì.
problem-music-per-member = Hàng chờ chứa { $max } bài. Nhập số đó hoặc nhỏ hơn, hoặc 0 để không giới hạn.
problem-music-stays = Không có tác dụng khi bot ở lại kênh thoại.
