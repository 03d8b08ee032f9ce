### Music

music-name = Nhạc
music-purpose = Ai được phát gì, ở đâu, và to đến mức nào.

## Who may play
music-section-general = Ai được phát
music-enabled = Bật Nhạc
music-dj-role-ids = Vai trò DJ
music-dj-role-ids-hint = Tối đa 10. Họ được bỏ qua, dừng và xóa hàng chờ mà không cần bỏ phiếu. Không chọn = ai cũng được.
music-dj-only = Chỉ DJ được dùng trình phát
music-dj-only-hint = Cần có vai trò DJ.

## Channels
music-section-channels = Kênh
music-request-channel-id = Kênh yêu cầu nhạc
music-request-channel-id-hint = Mỗi tin nhắn trong đó được coi là một yêu cầu. Không chọn = chỉ bằng lệnh.
music-text-channel-ids = Kênh chat để dùng lệnh
music-text-channel-ids-hint = Tối đa 10. Không chọn = tất cả.
music-voice-channel-ids = Kênh thoại để phát nhạc
music-voice-channel-ids-hint = Tối đa 10. Không chọn = tất cả.

## Queue
music-section-queue = Hàng chờ
music-max-queue-size = Độ dài hàng chờ
music-max-per-member = Số bài của một thành viên trong hàng chờ
music-max-per-member-hint = Không nhiều hơn sức chứa của hàng chờ. 0 = không giới hạn.
music-max-track-minutes = Bài dài nhất
music-max-track-minutes-hint = 0 = không giới hạn.
music-allow-duplicates = Cho phép cùng một bài xuất hiện hai lần
music-allow-playlists = Cho phép thêm cả danh sách phát

## Skipping
music-section-skipping = Bỏ qua bài
music-vote-skip-enabled = Thành viên có thể bỏ phiếu để bỏ qua
music-vote-skip-percent = Tỷ lệ phiếu cần có
music-vote-skip-percent-hint = Trong số thành viên đang nghe.

## Playback
music-section-playback = Phát nhạc
music-default-volume = Âm lượng ban đầu
music-default-volume-hint = Không cao hơn âm lượng tối đa.
music-max-volume = Âm lượng tối đa
music-autoplay = Tự phát tiếp
music-autoplay-hint = Khi hết hàng chờ, bot tự chọn các bài tương tự.
music-stay-connected = Ở lại kênh thoại
music-stay-connected-hint = Bot không bao giờ tự rời; khi đó cài đặt tiếp theo không có tác dụng.
music-disconnect-empty-seconds = Rời kênh trống sau
music-disconnect-empty-seconds-hint = 0 = không bao giờ.

## Announcements
music-section-announcements = Thông báo bài
music-announce-tracks = Thông báo từng bài
music-announce-channel-id = Kênh thông báo
music-announce-channel-id-hint = Không chọn = nơi bài được yêu cầu.
music-now-playing-message = Tin nhắn thông báo bài
music-now-playing-message-hint = Tắt: bot dùng nội dung có sẵn.
