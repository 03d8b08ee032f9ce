### The tickets themselves: lists, one ticket, transcripts, ratings. The settings of the module are in tickets.ftl.

nav-tickets = Tất cả ticket

## The lists
ticket-list = Các ticket
ticket-list-lead = Ai đã nhờ hỗ trợ trên { $server }, ai đã nhận, và kết thúc ra sao.
ticket-lists = Các danh sách ticket
ticket-to-ratings = Đánh giá
ticket-to-settings = Cài đặt Ticket
ticket-search = Tìm trong các ticket này
ticket-search-hint = Tên hoặc id của người mở, loại ticket, hoặc một số như #42.
ticket-search-do = Tìm
ticket-search-end = Hiện tất cả
ticket-state-open = Đang mở
ticket-state-claimed = Đã nhận
ticket-state-closed = Đã đóng
ticket-state-deleted = Kênh đã xóa
ticket-empty-open = Không có ticket nào đang chờ
ticket-empty-claimed = Không ai đang xử lý ticket
ticket-empty-closed = Chưa có ticket nào được đóng
ticket-no-match = Không có ticket nào phù hợp
ticket-name = Ticket { $number }
ticket-name-of = Ticket của { $opener }
ticket-name-unknown = Ticket { $id }
ticket-nobody = ai đó không rõ
ticket-member = thành viên { $id }
ticket-opened-by = Người mở
ticket-opened = Mở lúc
ticket-claimed-by = Người nhận
ticket-closed = Đóng lúc
ticket-by = bởi
ticket-reason = Lý do:
ticket-age = đã mở { $age }
ticket-age-none = chưa đầy một phút
ticket-pages = Các trang ticket
ticket-page-back = Trang trước
ticket-page-on = Trang sau

## One ticket
ticket-facts = Những gì đã biết
ticket-category = Loại
ticket-claimed-none = Chưa có ai
ticket-closed-by = Người đóng
ticket-closed-unknown = Bot không cho biết
ticket-why = Lý do
ticket-no-reason = Không nêu
ticket-channel = Kênh
ticket-channel-deleted = Đã bị xóa cùng ticket.
ticket-channel-gone = Không còn nữa, hoặc bot không thấy được.
ticket-in-discord = , trong Discord

## Transcripts
title-transcript = Bản ghi của { $ticket }
transcript-title-short = Bản ghi
transcript-read = Đọc bản ghi
transcript-none = Không có bản ghi. Hoặc không có bản nào được tạo, hoặc đã hết thời gian lưu giữ.
transcript-not-yet = Bot sẽ gửi khi ticket được đóng.
transcript-complete = Bản ghi đã đến. Nó được giữ đến { $date }.
transcript-incomplete = Đã nhận { $there } trên { $all } phần của bản ghi. Những phần đã có được giữ đến { $date }.
transcript-missing = Chưa nhận được phần { $from } trên { $all }.
transcript-missing-many = Chưa nhận được các phần { $from } đến { $to } trên { $all }.
transcript-unreadable = Đã nhận phần { $part } nhưng không đọc được.
transcript-broken = Không đọc được { $count } tin nhắn.
transcript-gaps = Bản ghi này không đầy đủ
transcript-search = Tìm trong bản ghi này
transcript-whole = Hiện tất cả tin nhắn
transcript-found = { $count ->
    [0] Không có tin nhắn nào chứa nội dung này.
   *[other] { $count } tin nhắn chứa nội dung này.
}
transcript-from-to = { $from } đến { $to }
transcript-range = { $count ->
    [1] Tin nhắn duy nhất
   *[other] Tin nhắn { $range } trên { $count }
}
transcript-empty = Không có gì để đọc
transcript-nothing-said = Không ai nói gì trong ticket này, hoặc chưa nhận được gì từ nó.
transcript-nothing-shown = Không có gì hiện được ở đây.
transcript-context = Xem trong ngữ cảnh
transcript-pages = Các trang của bản ghi
transcript-earlier = Tin nhắn trước
transcript-later = Tin nhắn sau
transcript-attachment = Tệp không tên
transcript-at-host = tại
transcript-bytes = { $count } byte
transcript-kilobytes = { $count } kB
transcript-megabytes = { $count } MB
transcript-channel-gone = #một kênh không còn nữa

## Closing one
title-closing = Đóng { $ticket }
closing-do-ask = Đóng ticket này…
closing-title = Đóng { $ticket }?
closing-lead = Bot sẽ đóng ticket của { $opener } trên { $server }, như thể đội hỗ trợ đã đóng trong Discord.
closing-reason-required = Thành viên sẽ đọc lý do này. Cài đặt Ticket yêu cầu phải có.
closing-reason-optional = Thành viên sẽ đọc lý do này. Có thể bỏ trống.
closing-reason-limit = Tối đa { $max } ký tự.
closing-reason-missing = Hãy nêu lý do. Cài đặt Ticket yêu cầu phải có lý do.
closing-reason-long = Tối đa { $max } ký tự; hiện có { $typed }.
closing-reason-strange = Có những ký tự không hiện được.
closing-wrong = Ticket chưa được đóng
closing-do = Đóng ticket
closing-keep = Để mở
closing-closed = { $ticket } đã đóng rồi
closing-closed-lead = Không còn gì để đóng, và không có gì được gửi cho bot.
closing-back = Quay lại ticket
flash-closing-under-way = Bot đã được yêu cầu đóng ticket này. Trang này sẽ cho thấy kết quả.

## Ratings
title-ratings = Đánh giá ticket
title-rating-deletion = Xóa đánh giá của { $ticket }
rating-list = Đánh giá
rating-lead = Thành viên của { $server } nghĩ gì về sự hỗ trợ họ nhận được.
rating-title = Đánh giá
rating-all = Tất cả đánh giá
rating-ticket-unknown = Một ticket không có ở đây
rating-average = Trung bình { $average } trên 5
rating-count = { $count } đánh giá
rating-stars = { $count } sao
rating-of-five = { $count } trên 5 sao
rating-share = { $count } ({ $percent }%)
rating-staff = Theo người hỗ trợ
rating-staff-line = { $average } trên 5, { $count } đánh giá
rating-helped = người hỗ trợ:
rating-filter = Chọn những đánh giá cần hiện
rating-filter-stars = Sao
rating-any-stars = Bất kỳ
rating-filter-staff = Người hỗ trợ
rating-any-staff = Bất kỳ ai
rating-filter-approved = Duyệt
rating-any-approved = Tất cả
rating-approved-yes = Đã duyệt
rating-approved-no = Chưa duyệt
rating-featured = Nổi bật
rating-show-all = Hiện tất cả đánh giá
rating-no-match = Không có đánh giá nào phù hợp
rating-empty-title = Chưa có ai đánh giá
rating-empty = Khi ticket được đóng, bot sẽ hỏi người đã mở nó. Ý kiến của họ sẽ hiện ở đây.
rating-no-text = Chỉ có sao, không có nội dung.
rating-pages = Các trang đánh giá
rating-approve = Duyệt
rating-feature = Làm nổi bật
rating-unfeature = Bỏ nổi bật
rating-delete = Xóa…
rating-unposted-no-channel = Không được đăng trong Discord: chưa đặt kênh đánh giá, hoặc đánh giá đang tắt.
rating-unposted-stars = Không được đăng trong Discord: cài đặt yêu cầu ít nhất { $least } sao.
rating-unposted-no-text = Không được đăng trong Discord: không có nội dung.
rating-deletion = Xóa đánh giá này?
rating-deletion-lead = Nó sẽ không còn được tính trên { $server } và không lấy lại được. Những gì bot đã đăng trong Discord vẫn còn ở đó.
rating-deletion-do = Xóa đánh giá
rating-deletion-keep = Giữ lại
flash-rating-approved = Đã duyệt đánh giá của { $ticket }. { $why }
flash-rating-approved-sent = Đã duyệt đánh giá của { $ticket } và yêu cầu bot đăng; trang này sẽ cho thấy kết quả.
flash-rating-approved-waiting = Đã duyệt đánh giá của { $ticket }. Bot sẽ được yêu cầu đăng ngay khi có kết nối trở lại, nếu trong vòng hai phút.
flash-rating-featured = Đánh giá của { $ticket } đã được làm nổi bật.
flash-rating-unfeatured = Đánh giá của { $ticket } không còn nổi bật.
flash-rating-deleted = Đã xóa đánh giá của { $ticket }.
flash-rating-already = Không có gì để làm: đánh giá của { $ticket } vốn đã như vậy.
flash-rating-not-approved = Đánh giá của { $ticket } chưa được duyệt nên chưa làm nổi bật được.
flash-rating-gone = Đánh giá của { $ticket } đã bị xóa trong lúc đó. Chưa có gì thay đổi.
