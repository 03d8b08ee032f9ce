### The change log as a file, how long it is kept, and what it tells besides settings.

## The list
history-kept-ever = Không có gì bị xóa khỏi danh sách này.
history-kept-days = Thay đổi được giữ trong { $days } ngày; thay đổi mới nhất của mỗi mô-đun luôn được giữ.
history-export = Xuất các thay đổi này:
history-export-csv = CSV
history-export-json = JSON
history-export-format = Địa chỉ phải nêu một định dạng: CSV hoặc JSON.
history-export-strange = Không hiểu được một phần của địa chỉ này. Tệp có thể chứa nhiều hơn những gì bạn yêu cầu.
history-did-commands = Lệnh
history-did-panels = Bảng và danh sách phát
history-did-giveaways = Giveaway
history-command = Kết quả ra sao

## A change in one line of a file
history-line-from-to = { $label }: { $before } → { $after }
history-line-added = { $label }: thêm { $added }
history-line-removed = { $label }: bỏ { $removed }
history-line-both = { $label }: thêm { $added }, bỏ { $removed }
history-line-said = { $label }: { $said }

## Around one change
history-restores-gone = Thay đổi này đã khôi phục cài đặt của một thay đổi không còn được giữ.
history-imported-with = Được nhập cùng với
history-copied-with = Được sao chép cùng với
history-saved-with = Được lưu cùng với

## What was done besides settings
history-act-content = Đã đổi { $label }
history-act-panel-create = Đã tạo bảng { $label }
history-act-panel-update = Đã đổi bảng { $label }
history-act-panel-delete = Đã xóa bảng { $label }
history-act-playlist-create = Đã tạo danh sách phát { $label }
history-act-playlist-update = Đã đổi danh sách phát { $label }
history-act-playlist-delete = Đã xóa danh sách phát { $label }
history-act-giveaway-create = Đã tạo giveaway { $label }
history-act-giveaway-update = Đã đổi giveaway { $label }
history-nameless = mục không có tên ở đây
history-kept-secret = Được giữ bí mật

## The fields of panels, playlists and giveaways
thing-name = Tên
thing-title = Tiêu đề
thing-description = Mô tả
thing-color = Màu
thing-url = Địa chỉ
thing-image = Ảnh
thing-image-url = Ảnh
thing-thumbnail = Ảnh nhỏ
thing-footer = Chân trang
thing-text = Văn bản
thing-embed = Embed
thing-channel-id = Kênh
thing-category-id = Danh mục
thing-host-id = Người tổ chức
thing-owner-id = Chủ sở hữu
thing-owner-name = Chủ sở hữu
thing-shared = Dùng chung
thing-enabled = Bật
thing-tracks = Bài
thing-seconds = Giây
thing-component-type = Kiểu nút
thing-button-style = Màu của nút
thing-select-placeholder = Chữ khi danh sách trống
thing-placeholder = Chữ gợi ý
thing-categories = Loại ticket
thing-questions = Câu hỏi
thing-options = Lựa chọn
thing-required = Bắt buộc
thing-kind = Loại
thing-style = Kiểu
thing-min-length = Số ký tự tối thiểu
thing-max-length = Số ký tự tối đa
thing-emoji = Emoji
thing-ping-role-ids = Vai trò được ping
thing-ping-role-id = Vai trò được ping
thing-naming-template = Tên ticket
thing-claim-enabled = Nhận được
thing-prize = Giải thưởng
thing-secret-prize = Giải thưởng bí mật
thing-winners = Người thắng
thing-starts-at = Bắt đầu
thing-ends-at = Kết thúc
thing-notes = Ghi chú
thing-required-role-ids = Vai trò bắt buộc
thing-required-role-mode = Cần vai trò bắt buộc nào
thing-blocked-role-ids = Vai trò bị chặn
thing-bonus-entries = Lượt cộng thêm
thing-booster-bonus-entries = Lượt cộng thêm cho người boost
thing-min-account-age-days = Tuổi tài khoản tối thiểu (ngày)
thing-min-member-days = Số ngày tối thiểu trên máy chủ
thing-role-id = Vai trò
thing-entries = Lượt tham gia
