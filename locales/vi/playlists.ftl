### Playlists: lists of tracks for the bot's player.

nav-playlists = Danh sách phát

## The list
playlists-title = Trình phát và danh sách phát
playlists-heading = Danh sách phát
playlists-lead = Những gì bot đang phát trên { $server }, và các danh sách bài mà bot phát được.
playlists-new = Danh sách mới
playlists-empty-title = Chưa có danh sách phát nào
playlists-empty = Gom những bài hay phát lại với nhau, bot sẽ luôn có sẵn chúng.
playlists-full = Đã có { $max } danh sách phát, là số tối đa của một máy chủ. Hãy xóa một danh sách để có chỗ.
playlist-is-shared = Dùng chung
playlist-is-own = Riêng
playlist-by = Do { $name } tạo
playlist-count = { $count ->
    [0] Chưa có bài
   *[other] { $count } bài
}
playlist-time = dài { $time }
playlist-time-unknown = Không rõ độ dài
playlist-time-partly = dài { $time }, và { $count } bài không rõ độ dài

## One playlist
playlist-new = Danh sách phát mới
playlist-new-lead = Hãy đặt tên. Có thể thêm bài bây giờ hoặc sau này.
playlist-import = Thêm nhiều bài
playlist-export-text = Tải các địa chỉ xuống
playlist-export-json = Tải xuống dạng JSON
playlist-save = Lưu danh sách
playlist-create = Tạo danh sách
playlist-delete = Xóa danh sách này
playlist-section-about = Danh sách phát
playlist-section-tracks = Các bài
playlist-name = Tên
playlist-name-hint = Không trùng với danh sách phát khác của máy chủ này.
playlist-shared = Dùng chung
playlist-shared-hint = Bật: mọi thành viên đều phát được. Tắt: chỉ người tạo phát được.
playlist-tracks = Các bài
playlist-tracks-about = Tối đa 500 bài, phát theo thứ tự này. Tên bài có tối đa 256 ký tự; nếu không có, bot sẽ tự tìm khi phát bài đó. Địa chỉ bắt đầu bằng https:// và thuộc một trong các trang: { $hosts }. Độ dài tính bằng giây; để trống nếu bạn không biết.
playlist-tracks-row = Bài { $number }
playlist-tracks-add = Thêm bài
playlist-tracks-empty = Chưa có bài nào.
playlist-tracks-title = Tên bài
playlist-tracks-url = Địa chỉ
playlist-tracks-seconds = Giây
playlist-move = Chuyển chỗ một bài
playlist-move-from = Chuyển bài số
playlist-move-to = đến vị trí
playlist-move-do = Chuyển
flash-playlist-created = Đã tạo { $name }.
flash-playlist-saved = Đã lưu { $name }.
flash-playlist-waiting = Đã lưu { $name }. Bot sẽ nhận được ngay khi có kết nối trở lại.
flash-playlist-deleted-waiting = Đã xóa { $name }. Bot sẽ biết ngay khi có kết nối trở lại.
flash-playlist-unchanged = Không có gì để lưu: { $name } vốn đã như vậy.
flash-playlist-deleted = Đã xóa { $name }.
flash-playlist-gone = { $name } đã bị xóa từ trước.
flash-playlist-imported = Đã thêm { $count } bài vào { $name }.
playlist-changed = Có người khác đã lưu danh sách phát này trong lúc bạn mở nó. Bên dưới là những gì bạn đã nhập. Lưu bây giờ sẽ thay thế những gì họ đã lưu.
playlist-theirs = Xem bản họ đã lưu
playlist-take-theirs = Giữ bản họ đã lưu
playlist-gone = Có người khác đã xóa danh sách phát này trong lúc bạn mở nó. Bên dưới là những gì bạn đã nhập. Lưu bây giờ sẽ tạo một danh sách phát mới từ đó.

## Adding many
title-playlist-import = Thêm bài vào { $what }
playlist-import-title = Thêm nhiều bài
playlist-import-lead = { $room ->
    [0] { $name } đã đầy.
   *[other] Các bài sẽ nằm ở cuối { $name }, danh sách này còn chỗ cho { $room } bài nữa.
}
playlist-import-addresses = Địa chỉ
playlist-import-hint = Mỗi dòng một địa chỉ, bắt đầu bằng https://, thuộc một trong các trang: { $hosts }. Tất cả được thêm, hoặc không địa chỉ nào.
playlist-import-refused = Chưa thêm gì cả
playlist-import-changed = Có người khác đã lưu danh sách phát này trong lúc đó. Chưa thêm gì cả: hãy thêm lại để đặt các bài vào cuối bản họ đã lưu.
playlist-import-do = Thêm các bài này
playlist-import-cancel = Quay lại danh sách
playlist-no-such-format = Danh sách phát tải xuống được dạng văn bản hoặc JSON.

## Deleting
title-playlist-deletion = Xóa { $what }?
playlist-deletion-title = Xóa { $name }?
playlist-deletion-lead = { $name } sẽ bị xóa khỏi { $server }. Bot không phát nó được nữa, với bất kỳ ai.
playlist-deletion-kept = Nhật ký thay đổi giữ lại nội dung của nó.
playlist-deletion-changed = Có người khác đã lưu danh sách phát này trong lúc đó. Chưa xóa gì cả.
playlist-deletion-do = Xóa danh sách
playlist-deletion-keep = Giữ lại

## What is wrong with one
problem-playlist-name = Một danh sách phát khác của máy chủ này đã có tên này. Hãy chọn tên khác.
problem-playlists-full = Máy chủ này đã có { $max } danh sách phát, là số tối đa. Hãy xóa một danh sách trước.
problem-playlist-room = Tổng các tên bài và địa chỉ quá dài. Hãy rút ngắn một số, hoặc tách thành hai danh sách phát.
problem-playlist-tracks = Danh sách phát chứa { $max } bài. Thêm các bài này thì sẽ có { $count }.
problem-playlist-move = Để chuyển một bài, hãy nhập số của bài và vị trí mới: cả hai từ 1 đến { $max }.
problem-playlist-no-address = Hãy dán ít nhất một địa chỉ.
problem-playlist-line = Dòng { $line }: { $why }
problem-playlist-lines = Còn { $count } dòng nữa bị sai.
problem-track-address = Đây không phải địa chỉ đầy đủ bắt đầu bằng https://.
problem-track-no-url = Hãy nhập địa chỉ của bài, hoặc gỡ bài này.
problem-track-host = { $host } không phải trang dùng được cho bài ở đây. Các trang dùng được: { $allowed }.
