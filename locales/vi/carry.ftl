### Export, import and copy of settings.

## What is wrong with a file
carry-not-json = Đây không phải JSON: không đọc được từ dòng { $line }, cột { $column } trở đi.
carry-too-deep = Lồng sâu hơn { $max } cấp, ở dòng { $line }, cột { $column }.
carry-name-twice = Tên { $name } xuất hiện hai lần trong một đối tượng, ở dòng { $line }, cột { $column }.
carry-not-ours = Đây không phải tệp cài đặt của Guildhall.
carry-version = Ở đây không biết phiên bản này của tệp. Phiên bản được hỗ trợ là { $version }.
carry-schema = Các cài đặt có cấu trúc khác với ở đây. Lược đồ được hỗ trợ là { $schema }.
carry-unknown-module = Không có mô-đun này.
carry-no-modules = Tệp không có mô-đun nào.
carry-unknown-field = Không có ô này.
carry-missing-field = Thiếu ô này.
carry-not-an-object = Phải là một đối tượng.
carry-not-a-list = Phải là một danh sách.
carry-not-a-switch = Phải là true hoặc false.
carry-not-a-number = Phải là một số nguyên.
carry-not-a-text = Phải là văn bản.
carry-not-an-id = Phải là một id, viết dưới dạng chuỗi chữ số.
carry-too-many = Chỉ được tối đa { $max }. Hiện có { $count }.
carry-names = Không đọc được các tên: { $why }
carry-name-too-long = Tên có tối đa { $max } ký tự.
carry-no-such-module = Không có mô-đun { $module } để xuất.

## Where it begins
overview-carry = Xuất, nhập, sao chép
nav-carry = Xuất, nhập, sao chép
carry-title = Xuất, nhập, sao chép
carry-lead = Mang cài đặt của { $server } đi, hoặc đưa cài đặt khác vào đây.
carry-modules = Mô-đun
carry-export = Xuất
carry-export-intro = Một tệp chứa những gì đã đặt, cùng tên các kênh, vai trò và emoji trong đó mà bạn thấy được. Tệp không chứa tin nhắn hay thành viên nào.
carry-export-do = Tải tệp xuống
carry-import = Nhập
carry-import-intro = Một tệp đã được xuất ở đây hoặc ở nơi khác. Bạn sẽ thấy nó thay đổi những gì trước khi bất cứ điều gì thay đổi.
carry-read-only = Khi bot không có trên máy chủ này thì không thể nhập.
carry-file = Tệp
carry-file-hint = JSON, tối đa 2 MiB
carry-import-do = Xem thay đổi
carry-copy = Sao chép sang máy chủ khác
carry-copy-intro = Tương tự nhưng không cần tệp: sang một máy chủ mà bạn cũng quản lý.
carry-copy-go = Chọn máy chủ
carry-back = Quay lại
carry-refused = Chưa nhập gì cả: tệp không đúng yêu cầu
carry-it-is = Giá trị đang là:
carry-more-flaws = và { $count } chỗ nữa
carry-no-file = Hãy chọn một tệp trước.
carry-gone = Bản xem trước này đã quá cũ, hoặc một bản mới hơn đã thay thế nó. Hãy bắt đầu lại; chưa có gì được lưu.
carry-choose-module = Hãy chọn ít nhất một mô-đun. Chưa có gì được lưu.

## Choosing a server
title-copy = Sao chép
copy-lead = Cài đặt của { $server } được đặt cạnh cài đặt của máy chủ kia để so sánh, trước khi bất cứ điều gì thay đổi.
copy-target = Sang
copy-target-hint = Những máy chủ bạn quản lý và đã có bot
copy-do = Xem thay đổi
copy-choose-server = Hãy chọn một máy chủ khác để sao chép sang. Chưa có gì được lưu.
copy-nowhere-title = Không có máy chủ nào khác
copy-nowhere = Bạn không quản lý máy chủ nào khác có bot.

## The preview
title-carry-preview = Xem trước khi nhập
carry-preview-title = Nhập vào { $server }?
carry-preview-lead = Đây là những gì tệp sẽ thay đổi. Chưa có gì được lưu.
carry-preview-lead-copy = Đây là những gì cài đặt của { $source } sẽ thay đổi trên { $server }. Chưa có gì được lưu.
carry-preview-errors = Không thể nhập các mô-đun này như hiện tại
carry-preview-nothing = Không có gì để nhập: mọi thứ vốn đã được đặt như vậy.
carry-preview-choices = { $count } tên cần xem
carry-preview-choices-intro = Những mục này không có trên máy chủ này, hoặc bạn không dùng được chúng ở đây. Mục trùng tên đã được chọn sẵn; hãy chọn cho các mục còn lại, hoặc để trống.
carry-preview-same = Không thay đổi: vốn đã được đặt như vậy.
carry-preview-take = Nhập { $module }
carry-preview-now = Hiện tại
carry-preview-then = Sau đó
carry-preview-hint = Tất cả mô-đun đã chọn được lưu cùng lúc, hoặc không mô-đun nào. Mỗi mô-đun là một thay đổi như mọi thay đổi khác: được ghi lại và có thể hoàn tác.
carry-preview-do = Nhập
carry-preview-again = Xem lại với các lựa chọn này
carry-preview-cancel = Hủy
carry-named = { $kind } { $name }
carry-nameless = { $kind } không rõ tên ở đây, { $id }
carry-used-by = Cho { $modules }
carry-a-category = Danh mục
carry-a-voice-channel = Kênh thoại
carry-a-text-channel = Kênh chat
carry-a-role = Vai trò
carry-an-emoji = Emoji
carry-module-stopped = { $module }: { $count } lỗi
carry-shown-again = Đây là kết quả từ các lựa chọn của bạn. Chưa có gì được lưu.
carry-stopped = Chưa có gì được lưu: hãy sửa những chỗ được đánh dấu, hoặc bỏ mô-đun đó ra.
carry-conflict = Có người vừa lưu trong lúc đó nên chưa nhập gì cả. Đây là những gì sẽ thay đổi bây giờ.
flash-carried-sent = Đã nhập { $count } mô-đun của { $server } và gửi cho bot; trang này sẽ báo khi bot áp dụng xong.
flash-carried-waiting = Đã nhập { $count } mô-đun của { $server }. Bot sẽ nhận được ngay khi có kết nối trở lại.
flash-nothing-to-carry = Không có gì để nhập: { $server } vốn đã được đặt như vậy.
