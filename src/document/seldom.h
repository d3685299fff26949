#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::document {

/// A vector that is mostly empty, and then takes no more room than a pointer: most values of a document
/// are plain ones, and how much memory a document touches is most of the time that reading it takes.
template <class T>
class SeldomList {
 public:
  SeldomList() = default;
  SeldomList(SeldomList&&) noexcept = default;
  SeldomList& operator=(SeldomList&&) noexcept = default;
  SeldomList(const SeldomList& other) { *this = other; }
  SeldomList& operator=(const SeldomList& other) {
    values_ = other.empty() ? nullptr : std::make_unique<std::vector<T>>(*other.values_);
    return *this;
  }

  bool empty() const { return size() == 0; }
  std::size_t size() const { return values_ == nullptr ? 0 : values_->size(); }
  T* begin() { return values_ == nullptr ? nullptr : values_->data(); }
  T* end() { return begin() + size(); }
  const T* begin() const { return values_ == nullptr ? nullptr : values_->data(); }
  const T* end() const { return begin() + size(); }
  T& operator[](std::size_t at) { return (*values_)[at]; }
  const T& operator[](std::size_t at) const { return (*values_)[at]; }
  T& front() { return values_->front(); }
  const T& front() const { return values_->front(); }
  T& back() { return values_->back(); }
  const T& back() const { return values_->back(); }

  void reserve(std::size_t count) {
    if (count > 0) made().reserve(count);
  }
  void push_back(T value) { made().push_back(std::move(value)); }
  template <class... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    return made().emplace_back(std::forward<Arguments>(arguments)...);
  }

 private:
  std::vector<T>& made() {
    if (values_ == nullptr) values_ = std::make_unique<std::vector<T>>();
    return *values_;
  }

  std::unique_ptr<std::vector<T>> values_;
};

/// A text that is mostly empty, likewise.
class SeldomText {
 public:
  SeldomText() = default;
  SeldomText(std::string_view text) { *this = text; }
  SeldomText(SeldomText&&) noexcept = default;
  SeldomText& operator=(SeldomText&&) noexcept = default;
  SeldomText(const SeldomText& other) { *this = other.view(); }
  SeldomText& operator=(const SeldomText& other) { return *this = other.view(); }
  SeldomText& operator=(std::string_view text) {
    text_ = text.empty() ? nullptr : std::make_unique<std::string>(text);
    return *this;
  }

  bool empty() const { return text_ == nullptr; }
  void clear() { text_ = nullptr; }
  std::string_view view() const { return text_ == nullptr ? std::string_view() : *text_; }
  operator std::string_view() const { return view(); }
  friend bool operator==(const SeldomText& text, std::string_view other) { return text.view() == other; }

 private:
  std::unique_ptr<std::string> text_;
};

}  // namespace sluice::document
