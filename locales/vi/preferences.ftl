### What a person has chosen for all servers.

layout-preferences = tùy chọn của bạn
preferences-title = Tùy chọn của bạn
preferences-lead = Chỉ áp dụng cho riêng bạn, trên mọi máy chủ.
preferences-save = Lưu tùy chọn
preferences-back = Máy chủ của bạn
preferences-time-zone = Múi giờ
preferences-time-zone-hint = Thời gian được hiện theo múi giờ này, và được hiểu theo nó khi bạn nhập.
preferences-time-zone-unknown = Không có múi giờ này. Hãy chọn một múi giờ trong danh sách.
preferences-theme = Màu sắc
preferences-theme-system = Theo thiết bị
preferences-theme-light = Sáng
preferences-theme-dark = Tối
preferences-theme-unknown = Hãy chọn một trong ba.
preferences-guessed = Bạn chưa chọn gì nên thời gian theo UTC. Danh sách bên dưới đang hiện múi giờ của trình duyệt này: hãy lưu để dùng.
preferences-unchosen = Bạn chưa chọn gì nên thời gian theo UTC.
flash-preferences-saved = Đã lưu tùy chọn.

zone-africa = Châu Phi
zone-america = Châu Mỹ
zone-antarctica = Nam Cực
zone-arctic = Bắc Cực
zone-asia = Châu Á
zone-atlantic = Đại Tây Dương
zone-australia = Úc
zone-europe = Châu Âu
zone-indian = Ấn Độ Dương
zone-pacific = Thái Bình Dương
