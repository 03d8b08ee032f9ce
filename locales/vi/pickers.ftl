### Choosing: channels, roles, emoji, colours, lengths of time.

## What stands beside a choice
choice-channel-announcement = thông báo
choice-channel-voice = thoại
choice-channel-stage = sân khấu
choice-channel-no-write = bạn không viết được ở đó
choice-notes = { $first }, { $second }
choice-role-everyone = ai cũng có vai trò này
choice-role-managed = thuộc về một tích hợp
choice-role-bot-cannot = bot không có quyền quản lý vai trò
choice-role-above-bot = không thấp hơn vai trò cao nhất của bot
choice-role-above-you = không thấp hơn vai trò cao nhất của bạn
choice-role-you-cannot = bạn không có quyền quản lý vai trò
choice-role-ping = bạn không được ping vai trò này

## The list that opens
# $form is the plural form of $count in this language, as a word.
choosing-matches = { $form ->
   *[other] { $count } kết quả
}
choosing-nothing = Không có kết quả nào.
choosing-search = Tìm
choosing-show = Hiện tất cả: { $label }
choosing-list = Đã chọn: { $label }
choosing-chosen = { $name }: đã chọn
choosing-removed = { $name }: đã bỏ
choosing-remove = Bỏ { $name }
choosing-cannot = Không chọn được { $name }: { $why }

## Emoji
choosing-emoji-own = Máy chủ này
choosing-emoji-failed = Không tải được danh sách emoji. Bạn vẫn có thể tự gõ một emoji.
emoji-group-smileys = Mặt cười và cảm xúc
emoji-group-people = Con người và bàn tay
emoji-group-nature = Động vật và thiên nhiên
emoji-group-food = Đồ ăn và thức uống
emoji-group-travel = Du lịch và địa điểm
emoji-group-activities = Hoạt động
emoji-group-objects = Đồ vật
emoji-group-symbols = Biểu tượng
emoji-group-flags = Cờ

## Colours
choosing-color = Chọn màu: { $label }
color-presets = Màu có sẵn
color-typed = Như đã gõ ở trên
color-blue = Xanh dương
color-teal = Xanh ngọc
color-green = Xanh lá
color-pink = Hồng
color-red = Đỏ
color-amber = Hổ phách
color-violet = Tím
color-slate = Xám xanh
color-other = Màu khác

## Lengths of time: the parts of one, as in "1 day 12 hours"
length-parts = { $first } { $second }
