# What is played now, and what was.
player-now = Đang phát
player-silent = Không có gì đang phát
player-never = Những gì thành viên phát bằng bot sẽ hiện ở đây.
player-before = { $count ->
    [1] Bài vừa phát
   *[other] { $count } bài vừa phát
}
player-asked-by = Người yêu cầu:
player-send = Gửi trình phát
player-settings = Cài đặt Nhạc
