### Message templates, the same for every module, and what can be filled in.

template-enabled = Dùng tin nhắn này
template-content = Văn bản
template-content-hint = Nằm phía trên embed.
template-embed-enabled = Kèm embed
template-embed-title = Tiêu đề
template-embed-url = Liên kết của tiêu đề
template-embed-url-hint = Một địa chỉ https, hoặc để trống nếu không có.
template-embed-description = Văn bản của embed
template-embed-description-hint = Tất cả văn bản của một embed cộng lại có tối đa 6.000 ký tự.
template-embed-color = Màu
template-embed-color-hint = Để trống = màu của mô-đun.
template-embed-author-name = Dòng tác giả
template-embed-footer = Chân trang
template-embed-image-url = Ảnh
template-embed-image-url-hint = Một địa chỉ https. Để trống = ảnh của mô-đun, nếu có.
template-embed-thumbnail-url = Ảnh nhỏ
template-embed-thumbnail-url-hint = Một địa chỉ https, hoặc để trống nếu không có.
template-embed-timestamp = Hiện thời điểm gửi
template-embed-fields = Trường
template-embed-fields-hint = Tối đa 10.
template-embed-fields-row = Trường { $number }
template-embed-fields-add = Thêm trường
template-embed-fields-empty = Chưa có trường nào.
template-embed-fields-name = Tên trường
template-embed-fields-value = Văn bản
template-embed-fields-inline = Cùng hàng với trường khác

## What each placeholder stands for
placeholder-user = Thành viên: trong tin nhắn là lượt nhắc đến, trong tên là biệt danh trên máy chủ
placeholder-username = Tên tài khoản của thành viên
placeholder-activity = Trò chơi thành viên đang chơi, nếu không thì là “room”
placeholder-number = Số thứ tự tăng dần có bốn chữ số
placeholder-category = Loại của ticket
placeholder-ticket = Số của ticket
placeholder-reason = Lý do được nêu, nếu có
placeholder-staff = Người trong đội hỗ trợ, được nhắc đến
placeholder-stars = Số sao đã cho, ví dụ ★★★★☆
placeholder-review = Những gì thành viên đã viết
placeholder-answers = Câu trả lời của thành viên trong biểu mẫu
placeholder-prize = Giải thưởng
placeholder-winners = Số người thắng; khi đã kết thúc thì là những người đã thắng
placeholder-entries = Số lượt tham gia
placeholder-ends = Thời điểm kết thúc, theo giờ của từng người đọc
placeholder-host = Người tổ chức giveaway, được nhắc đến
placeholder-server = Tên máy chủ
placeholder-title = Tên bài
placeholder-artist = Người trình bày
placeholder-duration = Độ dài của bài
placeholder-requester = Người yêu cầu bài, được nhắc đến
placeholder-url = Địa chỉ của bài

## Instead of a preview
preview-off = Tin nhắn này đang tắt. Bot dùng nội dung có sẵn, hoặc không gửi gì nếu gợi ý ở trên nói vậy.
preview-empty = Tin nhắn này chưa có gì.
