## What of a form is not saved yet
unsaved-count = { $count ->
   *[other] { $shown } thay đổi chưa lưu
}
unsaved-appears = Có thay đổi chưa lưu. Hãy lưu hoặc bỏ chúng ở cuối biểu mẫu.
unsaved-discard = Bỏ thay đổi
unsaved-discarded = Đã trở lại như bản đã lưu.
unsaved-undo = Hoàn tác
unsaved-changed = Đã đổi
