# Rooms that are open now, and sending control panels.
nav-rooms = Phòng
rooms-title = Phòng
rooms-lead = Những phòng thành viên mở bằng TempVoice và hiện đang mở.
rooms-empty-title = Không có phòng nào đang mở
rooms-empty = Khi thành viên vào một kênh mà TempVoice theo dõi, phòng của họ sẽ hiện ở đây.
rooms-count = { $count } phòng đang mở.
rooms-unnamed = Phòng không tên
rooms-owner = Chủ phòng:
rooms-locked = Đã khóa
rooms-members = { $count } thành viên
rooms-members-of = { $count } trên { $limit } thành viên
rooms-members-limit = tối đa { $limit } thành viên
rooms-members-unknown = không giới hạn
rooms-close = Đóng
rooms-send-panel = Gửi bảng điều khiển
rooms-settings = Cài đặt TempVoice
age-minutes = { $count ->
    [0] vừa mở
   *[other] mở { $count } phút trước
}
age-hours = mở { $count } giờ trước
age-days = mở { $count } ngày trước
member-by-id = Thành viên { $id }

title-room-closing = Đóng phòng
room-closing-title = Đóng phòng { $room }?
room-closing-lead = { $members ->
    [0] Bot sẽ xóa kênh thoại này trên { $server }.
   *[other] Bot sẽ xóa kênh thoại này trên { $server }, và { $members } thành viên trong đó sẽ bị ngắt kết nối.
}
room-closing-do = Đóng phòng
room-closing-keep = Để mở
flash-room-closed-already = Phòng đó đã đóng rồi.

title-control-panel = Gửi { $what }
control-panel-voice = bảng điều khiển TempVoice
control-panel-music = trình phát
control-panel-voice-title = Gửi bảng điều khiển
control-panel-voice-lead = Bot đăng một tin nhắn trên { $server } với các nút để thành viên điều khiển phòng của mình.
control-panel-music-title = Gửi trình phát
control-panel-music-lead = Bot đăng một tin nhắn trên { $server } với các nút để thành viên điều khiển nhạc.
control-panel-section-panel = Tin nhắn
control-panel-channel-id = Kênh
control-panel-channel-id-hint = Một kênh chat mà bạn được viết.
control-panel-title = Tiêu đề
control-panel-title-hint = Để trống: theo bot.
control-panel-description = Văn bản
control-panel-description-hint = Để trống: theo bot.
control-panel-color = Màu
control-panel-color-hint = Để trống: theo bot.
control-panel-send = Gửi
control-panel-keep = Không gửi
