# Signing in and out.

signed-out = Bạn đã đăng xuất.
invite-cancelled = Chưa thêm bot: lời mời đã bị hủy ở Discord.
invite-unfinished = Discord chưa xác nhận lời mời. Nếu lát nữa bot vẫn chưa có trên máy chủ, hãy mời lại.

error-sign-in-cancelled-title = Bạn chưa đăng nhập
error-sign-in-cancelled-advice = Bạn đã hủy ở Discord nên không có gì được chia sẻ và không có gì thay đổi. Để xem các máy chủ của bạn, hãy đăng nhập và chọn “Ủy quyền” (Authorize).

error-sign-in-refused-by-discord-title = Discord từ chối đăng nhập
error-sign-in-refused-by-discord-advice = Discord không chấp nhận yêu cầu của trang quản trị này. Hãy thử lần nữa; nếu vẫn xảy ra, hãy báo cho người vận hành trang.

error-sign-in-no-code-title = Đăng nhập chưa hoàn tất
error-sign-in-no-code-advice = Discord đưa bạn trở lại mà không có xác nhận. Chưa có gì thay đổi; hãy đăng nhập lại từ đầu.

error-sign-in-no-state-title = Đăng nhập chưa hoàn tất
error-sign-in-no-state-advice = Địa chỉ này không cho biết nó thuộc lần đăng nhập nào nên không thể tin được. Hãy đăng nhập lại từ đây.

error-sign-in-unknown-title = Lần đăng nhập này không bắt đầu ở đây
error-sign-in-unknown-advice = Nó bắt đầu trong trình duyệt khác, hoặc đã hơn mười phút trước, hoặc trình duyệt này không giữ cookie. Hãy cho phép cookie của trang này rồi đăng nhập lại.

error-sign-in-expired-title = Đăng nhập mất quá nhiều thời gian
error-sign-in-expired-advice = Cần hoàn tất đăng nhập trong vòng mười phút. Hãy bắt đầu lại.

error-sign-in-used-title = Lần đăng nhập này đã được dùng
error-sign-in-used-advice = Mỗi lần đăng nhập chỉ dùng được một lần. Nếu bạn đến đây bằng nút Quay lại thì có thể bạn đã đăng nhập rồi; nếu chưa, hãy đăng nhập lại.

error-sign-in-repeated-title = Không hiểu được lần đăng nhập này
error-sign-in-repeated-advice = Địa chỉ đưa bạn trở lại nói cùng một điều hai lần nên không thể tin được. Hãy đăng nhập lại từ đây.

error-sign-in-wrong-issuer-title = Lần đăng nhập này không đến từ Discord
error-sign-in-wrong-issuer-advice = Câu trả lời ghi người gửi không phải Discord nên đã không được dùng. Nếu bạn đến đây từ một liên kết, đừng tin nơi đưa liên kết đó. Hãy đăng nhập lại từ đây.

error-sign-in-code-refused-title = Discord không còn chấp nhận lần đăng nhập này
error-sign-in-code-refused-advice = Xác nhận của Discord đã được dùng hoặc đã quá cũ: nó chỉ có hiệu lực hơn một phút. Hãy đăng nhập lại.

error-sign-in-scopes-title = Còn thiếu một quyền
error-sign-in-scopes-advice = Trang quản trị cần biết bạn là ai và bạn ở những máy chủ nào; ít nhất một trong hai điều đó chưa được cho phép. Hãy đăng nhập lại và để cả hai ở trạng thái bật.
