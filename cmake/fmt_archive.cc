// Debian has no archive of fmt. This makes one of its headers: what they leave to the library, made once. The headers
// alone would do, but bring a copy of much of it into every file that formats.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {

template dragonbox::decimal_fp<float> dragonbox::to_decimal(float value) noexcept;
template dragonbox::decimal_fp<double> dragonbox::to_decimal(double value) noexcept;

template thousands_sep_result<char> thousands_sep_impl(locale_ref locale);
template thousands_sep_result<wchar_t> thousands_sep_impl(locale_ref locale);
template char decimal_point_impl(locale_ref locale);
template wchar_t decimal_point_impl(locale_ref locale);

template void buffer<char>::append(const char* begin, const char* end);
template void buffer<wchar_t>::append(const wchar_t* begin, const wchar_t* end);

template void vformat_to(buffer<char>& out, string_view format, basic_format_args<FMT_BUFFER_CONTEXT(char)> arguments,
                         locale_ref locale);

}  // namespace detail

template detail::locale_ref::locale_ref(const std::locale& locale);
template std::locale detail::locale_ref::get<std::locale>() const;

FMT_END_NAMESPACE
