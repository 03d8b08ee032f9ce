### Giveaway

giveaway-name = Giveaway
giveaway-purpose = Bốc thăm công bằng theo luật bạn chọn.

## New giveaways
giveaway-section-general = Giveaway mới
giveaway-section-general-intro = Những gì một giveaway mới có sẵn. Bạn có thể đổi cho từng giveaway.
giveaway-enabled = Bật Giveaway
giveaway-default-channel-id = Kênh
giveaway-default-channel-id-hint = Không chọn = bạn chọn cho từng giveaway.
giveaway-default-duration-minutes = Diễn ra trong
giveaway-default-duration-minutes-hint = 1440 = một ngày. Tối đa 60 ngày.
giveaway-default-winners = Số người thắng
giveaway-manager-role-ids = Vai trò được tổ chức giveaway
giveaway-manager-role-ids-hint = Tối đa 10. Người có quyền quản lý máy chủ luôn được phép.
giveaway-ping-role-id = Vai trò được ping khi bắt đầu
giveaway-ping-role-id-hint = Không chọn = không ping ai.

## Look
giveaway-section-look = Giao diện
giveaway-button-text = Chữ trên nút
giveaway-button-emoji = Emoji trên nút
giveaway-button-emoji-hint = Một emoji, hoặc emoji riêng của máy chủ này dạng {"<:name:id>"}.
giveaway-color = Màu
giveaway-color-hint = Dùng khi tin nhắn không có màu riêng.
giveaway-image-url = Ảnh
giveaway-image-url-hint = Một địa chỉ https, hoặc để trống nếu không có. Dùng khi tin nhắn không có ảnh riêng.

## Who may enter
giveaway-section-entering = Ai được tham gia
giveaway-required-role-ids = Vai trò bắt buộc
giveaway-required-role-ids-hint = Tối đa 10. Không chọn = mọi người đều được tham gia.
giveaway-required-role-mode = Trong các vai trò bắt buộc, thành viên cần
giveaway-required-role-mode-all = Tất cả
giveaway-required-role-mode-any = Một vai trò bất kỳ
giveaway-blocked-role-ids = Vai trò bị chặn
giveaway-blocked-role-ids-hint = Tối đa 10. Thành viên có một trong các vai trò này không tham gia được. Vai trò bắt buộc thì không thể đồng thời bị chặn.
giveaway-min-account-age-days = Tuổi tài khoản
giveaway-min-account-age-days-hint = Ít nhất bấy nhiêu ngày. 0 = bao nhiêu cũng được.
giveaway-min-member-days = Thời gian trên máy chủ này
giveaway-min-member-days-hint = Ít nhất bấy nhiêu ngày. 0 = bao nhiêu cũng được.

## Chances
giveaway-section-chances = Cơ hội
giveaway-section-chances-intro = Mỗi thành viên có một lượt, cộng hàng cao nhất áp dụng cho họ, cộng thêm phần của người boost.
giveaway-bonus-entries = Lượt cộng thêm
giveaway-bonus-entries-hint = Tối đa 10 vai trò. Mỗi vai trò chỉ dùng một lần.
giveaway-bonus-entries-row = Cộng thêm { $number }
giveaway-bonus-entries-add = Thêm lượt cộng
giveaway-bonus-entries-empty = Chưa có vai trò nào được cộng thêm lượt.
giveaway-bonus-entries-role-id = Vai trò
giveaway-bonus-entries-entries = Số lượt cộng
giveaway-booster-bonus-entries = Lượt cộng thêm cho người boost
giveaway-booster-bonus-entries-hint = 0 = không cộng.

## After the end
giveaway-section-ending = Sau khi kết thúc
giveaway-dm-winners = Nhắn tin riêng cho người thắng
giveaway-dm-winners-hint = Giveaway có giải thưởng bí mật cần mục này.
giveaway-ping-on-end = Nhắc đến người thắng trong kênh
giveaway-claim-hours = Thời gian nhận giải
giveaway-claim-hours-hint = 0 = không giới hạn.
giveaway-auto-reroll = Tự bốc thăm lại
giveaway-auto-reroll-hint = Khi giải không được nhận kịp. Cần đặt thời gian nhận giải.
giveaway-max-rerolls = Bốc thăm lại tối đa
giveaway-max-rerolls-hint = Bấy nhiêu lần cho một giveaway.

## Messages
giveaway-section-messages = Tin nhắn
giveaway-start-message = Khi giveaway bắt đầu
giveaway-start-message-hint = Tắt: bot dùng nội dung có sẵn.
giveaway-end-message = Khi giveaway kết thúc
giveaway-end-message-hint = Tắt: bot dùng nội dung có sẵn.
giveaway-winner-dm = Tin nhắn riêng cho người thắng
giveaway-winner-dm-hint = Tắt: bot dùng nội dung có sẵn.
